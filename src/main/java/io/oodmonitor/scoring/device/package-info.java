/**
 * Where networks run: the device that was asked for, the execution providers of ONNX Runtime that it stands for on this
 * machine, with their options, and, where one cannot be had, what is missing.
 */
package io.oodmonitor.scoring.device;
