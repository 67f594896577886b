/**
 * One training on several GPUs: a batch is split between replicas of the network, one on each
 * device, and their gradients are added before the optimiser's step.
 *
 * <p>This is the synchronous data parallelism of PyTorch's {@code DistributedDataParallel}, not
 * DL4J's {@code ParallelWrapper}: that one lets each replica call {@code fit}, with an optimiser of
 * its own, and averages weights and optimisers' states afterwards, which for Adam is another
 * algorithm than that of the whole batch, leaves no place for clipping the whole gradient or for
 * steps of several batches, and gives no seed to the replicas' dropout. Here one graph has the
 * weights and the optimiser, as on one device, and checkpoints, averaged weights and resuming know
 * nothing of replicas.
 *
 * <p>What crosses devices goes through the host's memory, per step and replica the parameters once
 * and the gradient once: no array is ever read by a thread of another device. Owned by the training
 * loop, which asks {@link org.food4j.train.device.Replicas} for each graph's gradients. Depends on
 * {@code models.layer} and DL4J alone; knows no files.
 */
package org.food4j.train.device;
