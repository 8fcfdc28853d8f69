using System;

namespace ModelBuild.Testing.OnnxRuntime;

/// <summary>ONNX Runtime refused, in its own words.</summary>
public sealed class OrtException(string message) : Exception(message);
