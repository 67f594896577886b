// Shows openapi.json as a page, and sends requests by it. Small and our own rather than Swagger UI:
// that one is 1.6 MB of the server's memory and writes styles into its elements, which the
// Content-Security-Policy of these pages does not allow. Text is only ever set as text.

const page = document.getElementById('page');
let api;
let key = '';

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** What a $ref leads to. */
function resolved(node) {
  if (!node || !node.$ref) return node;
  return node.$ref.slice(2).split('/').reduce(
    (at, part) => at[part.replaceAll('~1', '/').replaceAll('~0', '~')], api);
}

function typeOf(schema) {
  const real = resolved(schema) ?? {};
  if (schema.$ref) return schema.$ref.split('/').pop();
  if (real.oneOf) return real.oneOf.map(typeOf).join(' or ');
  if (real.type === 'array') return `list of ${typeOf(real.items ?? {})}`;
  const type = [].concat(real.type ?? 'anything').join(' or ');
  if (real.contentMediaType) return 'bytes';
  return real.contentEncoding ? `${type} (${real.contentEncoding})` : type;
}

function fields(schema) {
  const real = resolved(schema) ?? {};
  const inner = real.type === 'array' ? resolved(real.items) : real;
  if (!inner?.properties) return undefined;
  const required = inner.required ?? [];
  return element('table', {},
    element('thead', {}, element('tr', {}, ...['Field', 'Type', 'Meaning'].map(
      (title) => element('th', { scope: 'col' }, title)))),
    element('tbody', {}, ...Object.entries(inner.properties).map(([name, field]) =>
      element('tr', {},
        element('td', {}, element('code', {}, name), required.includes(name) ? ' *' : ''),
        element('td', {}, typeOf(field)),
        element('td', {}, resolved(field).description ?? '', fields(field) ?? '')))));
}

function pretty(value) {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function content(media) {
  return Object.entries(media ?? {}).flatMap(([type, { schema, example, examples }]) => [
    element('h3', {}, element('code', {}, type), ' ', typeOf(schema)),
    schema && !schema.$ref && schema.description
      ? element('p', {}, schema.description) : undefined,
    fields(schema),
    ...[['Example', example], ...Object.values(examples ?? {}).map((e) => [e.summary, e.value])]
      .filter(([, value]) => value !== undefined)
      .map(([title, value]) => element('figure', {},
        element('figcaption', { class: 'soft' }, title), element('pre', { tabindex: '0' }, pretty(value)))),
  ]);
}

function parameters(all) {
  if (all.length === 0) return [];
  return [element('h3', {}, 'Parameters'), element('table', {}, element('tbody', {}, ...all.map((one) =>
    element('tr', {},
      element('td', {}, element('code', {}, one.name), one.required ? ' *' : ''),
      element('td', {}, one.in),
      element('td', {}, one.description ?? '')))))];
}

function labelled(title, input) {
  return element('label', {}, title, input);
}

/** The form's request: address and what fetch takes. */
function request(path, method, inputs, body, form) {
  const query = new URLSearchParams();
  const headers = {};
  let address = path;
  for (const [one, input] of inputs) {
    if (input.value === '') continue;
    if (one.in === 'path') address = address.replace(`{${one.name}}`, encodeURIComponent(input.value));
    else if (one.in === 'query') query.set(one.name, input.value);
    else headers[one.name] = input.value;
  }
  if (key) headers['X-API-Key'] = key;
  const options = { method: method.toUpperCase(), headers };
  if (body && form.file.files.length > 0) {
    if (form.type.value === 'multipart/form-data') {
      options.body = new FormData();
      for (const file of form.file.files) options.body.append('image', file);
    } else {
      options.body = form.file.files[0];
      headers['Content-Type'] = form.file.files[0].type || 'application/octet-stream';
    }
  } else if (body) {
    options.body = form.text.value;
    headers['Content-Type'] = 'application/json';
  }
  // relative to this page, behind whatever prefix a proxy may put
  const text = query.toString();
  return [address.slice(1) + (text ? `?${text}` : ''), options];
}

async function shown(response) {
  const type = response.headers.get('Content-Type') ?? '';
  const line = element('p', {}, `${response.status} ${response.statusText} ${type}`);
  if (type.startsWith('image/')) {
    const picture = element('img', { alt: 'The answer, a picture' });
    picture.src = URL.createObjectURL(await response.blob());
    return [line, picture];
  }
  const text = await response.text();
  const json = type.includes('json');
  return [line, element('pre', { tabindex: '0' }, json ? pretty(JSON.parse(text)) : text)];
}

function attempt(path, method, operation, all) {
  const inputs = all.map((one) => [one, element('input', {
    required: one.required ?? false, placeholder: one.schema?.default ?? '' })]);
  const body = operation.requestBody?.content;
  const examples = Object.values(body?.['application/json']?.examples ?? {});
  const example = examples[0]?.value ?? body?.['application/json']?.example;
  const form = {
    file: element('input', { type: 'file', multiple: true, accept: 'image/*' }),
    type: element('select', {}, ...Object.keys(body ?? {})
      .filter((type) => type !== 'application/json' && type !== 'application/octet-stream')
      .map((type) => element('option', {}, type))),
    text: element('textarea', { spellcheck: 'false' }, example ? pretty(example) : ''),
  };
  const output = element('div', { role: 'status' });
  const button = element('button', { type: 'submit' }, 'Send');
  const made = element('form', {},
    ...inputs.map(([one, input]) => labelled(`${one.name} (${one.in})`, input)),
    ...(body && form.type.children.length > 0
      ? [labelled('Photo', form.file), labelled('sent as', form.type)] : []),
    ...(body ? [labelled('or JSON', form.text)] : []),
    button, output);
  made.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      const [address, options] = request(path, method, inputs, body, form);
      output.replaceChildren(...await shown(await fetch(address, options)));
    } catch (failure) {
      output.replaceChildren(element('p', {}, `No answer: ${failure.message}`));
    } finally {
      button.disabled = false;
    }
  });
  return [element('h3', {}, 'Try it'), made];
}

function operation(path, method, one) {
  const all = (one.parameters ?? []).map(resolved);
  return element('details', { id: one.operationId },
    element('summary', {},
      element('span', { class: 'method' }, method.toUpperCase()), ' ',
      element('code', {}, path), ' ', element('span', { class: 'soft' }, one.summary)),
    element('div', {},
      one.description ? element('p', { class: 'text' }, one.description) : undefined,
      ...parameters(all),
      ...(one.requestBody
        ? [element('h3', {}, 'Body'), element('p', {}, one.requestBody.description ?? ''),
          ...content(one.requestBody.content)] : []),
      element('h3', {}, 'Answers'),
      ...Object.entries(one.responses).map(([status, response]) => element('details', {},
        element('summary', {}, element('strong', {}, status), ' ', resolved(response).description),
        element('div', {}, ...content(resolved(response).content)))),
      ...attempt(path, method, one, all)));
}

function rendered() {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => [path, method, one]));
  const secret = element('input', { type: 'password', autocomplete: 'off' });
  secret.addEventListener('input', () => { key = secret.value; });
  return [
    element('h1', {}, `${api.info.title}: the REST API`),
    element('p', { class: 'text' }, api.info.description),
    element('p', {}, element('a', { href: 'openapi.json' }, 'openapi.json'),
      ' for programs, OpenAPI ', api.openapi),
    labelled('API key, if the server asks for one', secret),
    ...api.tags.flatMap((tag) => [
      element('h2', {}, tag.name),
      element('p', { class: 'soft' }, tag.description),
      ...operations.filter(([, , one]) => one.tags.includes(tag.name))
        .map(([path, method, one]) => operation(path, method, one)),
    ]),
    element('h2', {}, 'Documents'),
    ...Object.entries(api.components.schemas).map(([name, schema]) => element('details', {},
      element('summary', {}, element('code', {}, name), ' ',
        element('span', { class: 'soft' }, schema.description ?? '')),
      element('div', {}, fields(schema)))),
  ];
}

try {
  const response = await fetch('openapi.json');
  if (!response.ok) throw new Error(`openapi.json: ${response.status}`);
  api = await response.json();
  page.replaceChildren(...rendered());
  document.getElementById(location.hash.slice(1))?.setAttribute('open', '');
} catch (failure) {
  page.replaceChildren(element('p', { role: 'alert' }, `The document cannot be shown: ${failure.message}`));
}
