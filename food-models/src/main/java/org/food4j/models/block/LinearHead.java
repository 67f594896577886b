package org.food4j.models.block;

/**
 * Global average pooling (Lin et al. 2014, arXiv 1312.4400, section 3.2), dropout and a linear
 * layer.
 *
 * @param classes number of logits
 * @param dropout share of the pooled features dropped in training
 */
public record LinearHead(int classes, double dropout) {
  private static final String POOL = "avgpool";

  /**
   * Adds the head as the network's last stage, and ends the network.
   *
   * @param stage name of the stage
   * @param dropoutName vertex of the dropout, if there is any
   * @param logits vertex of the linear layer
   * @param maps the last feature maps
   */
  public Wiring wire(
      NetworkBuilder net, String stage, String dropoutName, String logits, String maps) {
    net.stage(stage);
    String pooled = net.globalAverage(POOL, maps);
    String kept = net.dropout(dropoutName, pooled, dropout);
    net.dense(logits, kept, classes);
    return net.finish(pooled);
  }
}
