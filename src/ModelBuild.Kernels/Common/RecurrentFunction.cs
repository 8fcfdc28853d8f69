namespace ModelBuild.Kernels;

/// <summary>The functions that recurrent layers may apply, by their names in ONNX.</summary>
internal enum RecurrentFunction
{
    Sigmoid,
    Tanh,
    Relu,
    Affine,
    LeakyRelu,
    ThresholdedRelu,
    ScaledTanh,
    HardSigmoid,
    Elu,
    Softsign,
    Softplus,
}
