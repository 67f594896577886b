package org.food4j.cli.doctor;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.getVersionMajor;
import static org.bytedeco.opencv.global.opencv_core.getVersionMinor;
import static org.bytedeco.opencv.global.opencv_core.getVersionRevision;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Whether OpenCV writes and reads a JPEG. */
final class OpenCvCheck {
  private OpenCvCheck() {}

  static Finding look() {
    try (Mat photo = new Mat(16, 24, CV_8UC3);
        BytePointer encoded = new BytePointer()) {
      imencode(".jpg", photo, encoded);
      try (Mat bytes = new Mat(encoded);
          Mat decoded = imdecode(bytes, IMREAD_COLOR)) {
        if (decoded.rows() != 16 || decoded.cols() != 24) {
          return Finding.fail(
              "OpenCV",
              "a JPEG of 24 x 16 pixels comes back as %d x %d"
                  .formatted(decoded.cols(), decoded.rows()),
              "This build of OpenCV cannot read JPEG; do not use it.");
        }
      }
    }
    return Finding.ok(
        "OpenCV", "%d.%d.%d".formatted(getVersionMajor(), getVersionMinor(), getVersionRevision()));
  }
}
