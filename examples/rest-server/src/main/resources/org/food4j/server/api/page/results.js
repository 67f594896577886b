/** What models say, as people see it: an answer per model, and what two of them make of a photo. */

/** Makes an element; text is never parsed. */
export function element(name, properties = {}, ...children) {
  const { dataset, ...rest } = properties;
  const made = Object.assign(document.createElement(name), rest);
  Object.assign(made.dataset, dataset);
  made.append(...children);
  return made;
}

/** 97.3%, with a floor that does not pretend to be zero. */
export function percent(probability) {
  if (probability > 0 && probability < 0.001) return '<0.1%';
  if (probability < 1 && probability > 0.999) return '>99.9%';
  return `${(probability * 100).toFixed(1)}%`;
}

/** A sentence for screen readers. */
export function spoken(answer) {
  const [best, next] = answer.predictions;
  const first = answer.none_of_these
    ? `none of these; closest is ${best.display_name}, ${percent(best.probability)}`
    : `${best.display_name}, ${percent(best.probability)}`;
  return `${answer.model}: ${first}${next ? `; then ${next.display_name}, ${percent(next.probability)}` : ''}.`;
}

/** Whether two models agree, in a sentence. */
export function verdict(first, second) {
  if (first.none_of_these && second.none_of_these) return 'Both say: none of these.';
  const name = (answer) => (answer.none_of_these ? 'none of these' : answer.predictions[0].display_name);
  const label = (answer) => (answer.none_of_these ? '' : answer.predictions[0].label);
  return label(first) === label(second)
    ? `They agree: ${name(first)}.`
    : `They disagree: ${first.model} says ${name(first)}, ${second.model} says ${name(second)}.`;
}

function bar(prediction, explains, pick) {
  const { label, display_name: name, probability } = prediction;
  const fill = element('i', { className: 'fill' });
  fill.style.setProperty('--part', probability);
  const track = element('span', { className: 'track' }, fill);
  track.setAttribute('aria-hidden', 'true');
  const content = [
    element('span', { className: 'name', textContent: name }),
    element('span', { className: 'share', textContent: percent(probability) }),
    track,
  ];
  if (!explains) return element('li', {}, element('div', { className: 'line' }, ...content));
  const button = element('button', {
    type: 'button', className: 'line', title: `Show where the model finds ${name}`, dataset: { label },
  }, ...content);
  button.setAttribute('aria-pressed', 'false');
  button.addEventListener('click', () => pick(label));
  return element('li', {}, button);
}

function facts(metadata) {
  const rows = Object.entries(metadata).flatMap(([term, value]) => [
    element('dt', { textContent: term.replaceAll('_', ' ') }),
    element('dd', { textContent: typeof value === 'object' ? JSON.stringify(value) : String(value) }),
  ]);
  return element('dl', { className: 'facts' }, ...rows);
}

/** Short words about a model. */
function about(model, version) {
  const words = [`${model.classes} classes`, `${model.input_size} px`, model.form];
  if (model.threshold !== undefined) words.push(`threshold ${percent(model.threshold)}`);
  return element('p', { className: 'about', title: `Version ${version}, ${model.runtime}` }, words.join(' · '));
}

function heading(answer, threshold) {
  const [best] = answer.predictions;
  if (!answer.none_of_these) {
    return [
      element('p', { className: 'headline' }, best.display_name),
      element('p', { className: 'confidence' }, `${percent(best.probability)} confident`),
    ];
  }
  const below = threshold === undefined ? '' : `, below this model’s threshold of ${percent(threshold)}`;
  return [
    element('p', { className: 'headline' }, 'None of these'),
    element('p', { className: 'confidence' },
      `The closest, ${best.display_name}, has ${percent(best.probability)}${below}.`),
  ];
}

/**
 * One model's answer.
 *
 * @param pick called with a label that is to be shown in the photo
 */
export function card(model, answer, pick) {
  const [best] = answer.predictions;
  const list = element('ol', { className: 'bars' },
    ...answer.predictions.map((prediction) => bar(prediction, model.explains, pick)));
  list.setAttribute('aria-label', `Classes and their probabilities, by ${model.name}`);
  const article = element('article', { className: answer.none_of_these ? 'answer unsure' : 'answer', dataset: { model: model.name } },
    element('h3', {}, model.name),
    ...heading(answer, model.threshold));
  const more = element('div', {}, about(model, answer.version));
  if (best.metadata && !answer.none_of_these) more.prepend(facts(best.metadata));
  article.append(list, more);
  return article;
}

/** What stands there while a model computes. */
export function waiting(model) {
  return element('article', { className: 'answer waiting', dataset: { model: model.name } },
    element('h3', {}, model.name),
    element('p', { className: 'headline' }, 'Looking …'),
    element('div', { className: 'progress' }));
}

/** What a model could answer, before it is asked. */
export function known(model, labels) {
  const most = 60;
  const names = labels.slice(0, most).map((label) => element('li', {}, label.display_name));
  if (labels.length > most) names.push(element('li', { className: 'more' }, `and ${labels.length - most} more`));
  return element('article', { className: 'answer known' },
    element('p', { className: 'confidence' }, labels.length === 1
      ? `“${model.name}” knows one class:` : `“${model.name}” tells ${labels.length} classes apart:`),
    element('ul', { className: 'labels' }, ...names));
}
