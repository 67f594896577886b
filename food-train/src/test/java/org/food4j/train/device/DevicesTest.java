package org.food4j.train.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DevicesTest {
  @Test
  void several_onTheProcessor_areRefusedInOneLineThatSaysWhatToDo() {
    assertThatThrownBy(() -> new Devices(2).requirePresent("CPU", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "2 devices are GPUs, and this build computes on the processor, whose cores one training uses already: train on 1 device, or build with -Pcuda (FOOD_MAVEN_ARGS=-Pcuda) on a machine with 2 NVIDIA GPUs");
  }

  @Test
  void moreThanThereAre_areRefused_andUpToAllAreNot() {
    new Devices(4).requirePresent("CUDA", 4);
    assertThatThrownBy(() -> new Devices(5).requirePresent("CUDA", 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("5 devices are asked for, and ND4J sees 4: train on at most 4");
  }

  @Test
  void one_isPresentOnAnyMachine() {
    assertThat(Devices.present(1)).isEqualTo(Devices.ONE);
    assertThatThrownBy(() -> new Devices(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
