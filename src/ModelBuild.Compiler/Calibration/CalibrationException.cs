using System;

namespace ModelBuild.Compiler.Calibration;

/// <summary>The model refuses a sample that has the right type and shape: two inputs disagree about a size, or a size is out of bounds.</summary>
internal sealed class CalibrationException(Exception cause) : Exception(cause.Message, cause);
