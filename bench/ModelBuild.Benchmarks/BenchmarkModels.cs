using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ModelBuild.Testing;

namespace ModelBuild.Benchmarks;

/// <summary>The models of the comparison: small ones of every kind that runs next to ordinary code, and one large one.</summary>
internal static class BenchmarkModels
{
    // Real models are filed by category.
    private static readonly Dictionary<string, string> Directories = new()
    {
        ["mnist_mlp"] = "trained/mnist_mlp",
        ["mnist_lenet_bn"] = "trained/mnist_lenet_bn",
        ["mlperf_resnet8"] = "real/image-classify/mlperf_resnet8",
        ["squeezenet1_0_fp32"] = "real/image-classify/squeezenet1_0_fp32",
        ["adult_mlp"] = "trained/adult_mlp",
        ["godot_jumperhard"] = "real/rl-policy/godot_jumperhard",
    };

    public static IReadOnlyList<string> Names { get; } = [.. Directories.Keys];

    /// <summary>
    /// What ONNX Runtime loads: the original, or for int8 the same weights and scales that ModelBuild chose, as a standard QDQ model
    /// that the build puts beside this program. Null where there is none.
    /// </summary>
    public static string? ModelPath(string name, Precision precision)
    {
        string path = precision == Precision.Float32
            ? Path.Combine(DataDirectory(name), "model.onnx")
            : Path.Combine(AppContext.BaseDirectory, "models", GeneratedModels.CompressedFile(name) ?? "none");
        return File.Exists(path) ? path : null;
    }

    public static BenchmarkModel Open(string name) => name switch
    {
        "mlperf_resnet8" => Labelled(name, "cifar10", images => images.Values<byte>().ToArray().Select(x => (float)x), 1, 3, 32, 32),
        "squeezenet1_0_fp32" => Labelled(name, "imagenet_sample", BgrPlanes, 1, 3, 224, 224),
        "godot_jumperhard" => Recorded(name),
        _ => Trained(name),
    };

    private static string DataDirectory(string name) => Directories.TryGetValue(name, out string? directory)
        ? Path.Combine([TestData.Root ?? throw NoData(), .. directory.Split('/')])
        : throw new KeyNotFoundException($"there is no model {name}; there are {string.Join(", ", Names)}");

    private static BenchmarkModel Trained(string name)
    {
        Tensor samples = TensorNpy.Read(Path.Combine(DataDirectory(name), "x_test.npy"));
        Tensor labels = TensorNpy.Read(Path.Combine(DataDirectory(name), "y_test.npy"));
        return new BenchmarkModel(name, (int)samples.Shape[0], i => [samples.Slice(i, 1)], labels.Values<long>().ToArray());
    }

    private static BenchmarkModel Labelled(string name, string dataset, Func<Tensor, IEnumerable<float>> prepare, params long[] shape)
    {
        string directory = Path.Combine(TestData.Root ?? throw NoData(), "datasets", dataset);
        Tensor images = TensorNpy.Read(Path.Combine(directory, "images.npy"));
        Tensor labels = TensorNpy.Read(Path.Combine(directory, "labels.npy"));
        return new BenchmarkModel(
            name, (int)images.Shape[0], i => [Tensor.Create<float>(prepare(images.Slice(i, 1)).ToArray(), shape)], labels.Values<long>().ToArray());
    }

    /// <summary>RGB pixels to the planes that SqueezeNet 1.0 was trained on: blue, green, red, each minus its mean over ImageNet.</summary>
    private static IEnumerable<float> BgrPlanes(Tensor image)
    {
        const int Channels = 3;
        float[] means = [104, 117, 123];
        byte[] rgb = image.Values<byte>().ToArray();
        return Enumerable.Range(0, Channels).SelectMany(c => Enumerable.Range(0, rgb.Length / Channels).Select(p => rgb[(p * Channels) + Channels - 1 - c] - means[c]));
    }

    private static BenchmarkModel Recorded(string name)
    {
        RealModel model = RealModel.All.FirstOrDefault(m => m.Name == name) ?? throw NoData();
        ReferenceRun[] runs = [.. model.Runs.Where(r => r.Inputs.All(i => i.Shape[0] == 1))];
        return new BenchmarkModel(name, runs.Length, i => runs[i].Inputs, []);
    }

    private static FileNotFoundException NoData() => new("the models of the benchmark are test data, which was not found; set MODELBUILD_TESTDATA");
}
