namespace ModelBuild.Benchmarks;

/// <summary>Which generated class is which model.</summary>
internal static class GeneratedModels
{
    /// <summary>The class, or null where this program was built without it.</summary>
    public static GeneratedModel? Find(string model, Precision precision) => (model, precision) switch
    {
#if WITH_MODELS
        ("mnist_mlp", Precision.Float32) => new(typeof(MnistMlpFloat), [10], (x, y) => MnistMlpFloat.Predict(x[0], y[0])),
        ("mnist_mlp", Precision.Int8) => new(typeof(MnistMlpInt8), [10], (x, y) => MnistMlpInt8.Predict(x[0], y[0])),
        ("mnist_lenet_bn", Precision.Float32) => new(typeof(LenetFloat), [10], (x, y) => LenetFloat.Predict(x[0], y[0])),
        ("mnist_lenet_bn", Precision.Int8) => new(typeof(LenetInt8), [10], (x, y) => LenetInt8.Predict(x[0], y[0])),
        ("adult_mlp", Precision.Float32) => new(typeof(AdultMlpFloat), [2], (x, y) => AdultMlpFloat.Predict(x[0], y[0])),
        ("adult_mlp", Precision.Int8) => new(typeof(AdultMlpInt8), [2], (x, y) => AdultMlpInt8.Predict(x[0], y[0])),
        ("mlperf_resnet8", Precision.Float32) => new(typeof(Resnet8Float), [10], (x, y) => Resnet8Float.Predict(x[0], y[0])),
        ("mlperf_resnet8", Precision.Int8) => new(typeof(Resnet8Int8), [10], (x, y) => Resnet8Int8.Predict(x[0], y[0])),
        ("squeezenet1_0_fp32", Precision.Float32) => new(typeof(SqueezenetFloat), [1000], (x, y) => SqueezenetFloat.Predict(x[0], y[0])),
        ("squeezenet1_0_fp32", Precision.Int8) => new(typeof(SqueezenetInt8), [1000], (x, y) => SqueezenetInt8.Predict(x[0], y[0])),
        ("godot_jumperhard", Precision.Float32) => new(typeof(JumperHardFloat), [3, 1], (x, y) => JumperHardFloat.Predict(x[0], x[1], y[0], y[1])),
        ("godot_jumperhard", Precision.Int8) => new(typeof(JumperHardInt8), [3, 1], (x, y) => JumperHardInt8.Predict(x[0], x[1], y[0], y[1])),
#endif
        _ => null,
    };

    /// <summary>The file of the compressed model that ONNX Runtime runs, as the build names it; null where there is none.</summary>
    public static string? CompressedFile(string model) => Find(model, Precision.Int8) is { } generated ? $"{generated.Type.Name}.optimized.onnx" : null;
}
