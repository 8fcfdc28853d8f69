using System.Collections.Generic;

namespace ModelBuild.Onnx;

/// <summary>Names the tensors that hold the quantization parameters of another one.</summary>
/// <param name="TensorName">The quantized tensor.</param>
/// <param name="ParameterTensorNames">Pairs of a key (<c>SCALE_TENSOR</c>, <c>ZERO_POINT_TENSOR</c>) and a tensor's name.</param>
public sealed record OnnxQuantizationAnnotation(string TensorName, IReadOnlyList<KeyValuePair<string, string>> ParameterTensorNames);
