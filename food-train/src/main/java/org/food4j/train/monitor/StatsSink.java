package org.food4j.train.monitor;

import java.util.Collection;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.StorageMetaData;
import org.deeplearning4j.core.storage.StorageType;

/** The six methods of DL4J's router as one. */
abstract class StatsSink implements StatsStorageRouter {
  abstract void put(StatsRecord record);

  @Override
  public void putStorageMetaData(StorageMetaData metaData) {
    put(new StatsRecord(StorageType.MetaData, metaData));
  }

  @Override
  public void putStorageMetaData(Collection<? extends StorageMetaData> metaData) {
    metaData.forEach(this::putStorageMetaData);
  }

  @Override
  public void putStaticInfo(Persistable info) {
    put(new StatsRecord(StorageType.StaticInfo, info));
  }

  @Override
  public void putStaticInfo(Collection<? extends Persistable> infos) {
    infos.forEach(this::putStaticInfo);
  }

  @Override
  public void putUpdate(Persistable update) {
    put(new StatsRecord(StorageType.Update, update));
  }

  @Override
  public void putUpdate(Collection<? extends Persistable> updates) {
    updates.forEach(this::putUpdate);
  }
}
