/**
 * DL4J layers and vertices of our own, and the start of the native engine under them.
 *
 * <p>Stage: below {@code block}; above {@code kernel}, which computes. A layer here is serialisable
 * in a graph's JSON like any of DL4J's, and its class name is part of every checkpoint that holds
 * it. DL4J's JSON sees what has a getter or an annotation: every setting here is an annotated
 * field.
 *
 * <h2>What was slow</h2>
 *
 * <p>A training step of DL4J 1.0.0-M2.1 takes 7 to 13 times as long as PyTorch's on the same
 * processor. Not because of its engine: its layers look for oneDNN in a class that was moved, find
 * nothing and fall back to copies and matrix products (convolution) or a dozen array operations
 * (batch normalisation); sigmoid and swish compute one value after the other; channels come first,
 * which the fast routines do not want.
 *
 * <h2>What replaces it</h2>
 *
 * <ul>
 *   <li><b>Channels last from the first layer to the last.</b> Maps are {@code [batch, height,
 *       width, channels]}, in DL4J's words {@code CNN2DFormat.NHWC}; photos are turned once, by
 *       {@link org.food4j.models.layer.ChannelsLastPreProcessor}. Layers hand arrays on; they do
 *       not copy.
 *   <li><b>Convolution, normalisation and function as one layer</b>, {@link
 *       org.food4j.models.layer.Conv2d}. Training fuses a rectifier into the normalisation;
 *       inference folds the normalisation into the convolution, as a factor, an addend and a
 *       function that are applied while it writes.
 *   <li><b>oneDNN's own primitives</b> ({@code kernel.onednn}), made once per shape, on ND4J's
 *       memory. Dense 3x3 convolutions train by Winograd's algorithm; weights of wide depthwise
 *       kernels are computed column by column: two ways that PyTorch does not take.
 *   <li><b>ND4J's operations</b> ({@code kernel.nd4j}) for every other platform and floating-point
 *       type; on CUDA they dispatch to cuDNN. Tests hold both to the same numbers within 1e-4, and
 *       the second to DL4J's gradient check in double precision.
 * </ul>
 *
 * <h2>What attention is made of</h2>
 *
 * <p>A vertex computes one thing and can be read by many, but two vertices cannot share parameters,
 * and {@code InputType} knows maps and vectors alone. So attention modules are chains of small
 * layers over maps: the perceptron that channel attention applies twice is a 1x1 convolution over
 * maps of two places ({@link org.food4j.models.layer.GlobalMeanMax2d}, {@link
 * org.food4j.models.layer.PositionSum2d}); a convolution over channels is one over rows ({@link
 * org.food4j.models.layer.ChannelRowSwap2d}); queries, keys and values are the channels of one
 * convolution ({@link org.food4j.models.layer.SelfAttention2d}).
 *
 * <h2>What it makes of it</h2>
 *
 * <p>Time of a step divided by that of PyTorch 2.13 in eager mode, channels last, in turns on the
 * same two cores (AVX-512, float32, AdamW, 34 classes); medians:
 *
 * <table border="1">
 *   <caption>below 1: faster than PyTorch</caption>
 *   <tr><th>network</th><th>batch, input</th><th>training step</th><th>inference</th></tr>
 *   <tr><td>se_cnn</td><td>16, 128 px</td><td>0.87</td><td>0.77</td></tr>
 *   <tr><td>se_cnn</td><td>32, 224 px</td><td>0.78</td><td>0.80</td></tr>
 *   <tr><td>efficientnet_b0</td><td>16, 128 px</td><td>0.93</td><td>0.71</td></tr>
 *   <tr><td>efficientnet_b0</td><td>16, 224 px</td><td>0.78</td><td>0.58</td></tr>
 *   <tr><td>resnet50</td><td>8, 224 px</td><td>0.94</td><td>0.76</td></tr>
 * </table>
 *
 * <p>Four fifths of the time are now oneDNN's; of the rest, Adam and weight decay take half.
 *
 * <h2>How to measure again</h2>
 *
 * <p>{@code food bench step --model se_cnn --batch 16 --size 128} prints both medians; run it in
 * turns with the same step in PyTorch, and with nothing else: OpenMP's threads wait by spinning, so
 * that a second program on the same cores costs far more than its share. The property {@code
 * org.food4j.kernels=nd4j} (by {@code FOOD_JAVA_OPTS}) shows what the plain path takes.
 *
 * <p>On Linux, {@code MALLOC_MMAP_THRESHOLD_=1048576} and {@code MALLOC_TRIM_THRESHOLD_=1048576} in
 * the environment (the {@code food} script sets them) halve the resident memory of large networks:
 * DL4J allocates the first step piece by piece, and glibc keeps the freed pieces.
 */
package org.food4j.models.layer;
