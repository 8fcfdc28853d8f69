using System;
using ModelBuild.Onnx.Protos;
using Google.Protobuf;

namespace ModelBuild.Onnx.Tests;

/// <summary>A model that must be reported with one code.</summary>
/// <param name="Code">The code.</param>
/// <param name="Name">What is wrong with it; unique.</param>
/// <param name="Write">Writes it into a folder and gives the path to read.</param>
internal sealed record FailingModel(string Code, string Name, Func<TemporaryFolder, string> Write)
{
    /// <summary>A valid model with a change that breaks it.</summary>
    public static FailingModel Changed(string code, string name, Action<ModelProto> change) =>
        Bytes(code, name, () => Samples.Model(change).ToByteArray());

    /// <summary>A file with these bytes.</summary>
    public static FailingModel Bytes(string code, string name, Func<byte[]> bytes) =>
        new(code, name, folder => folder.Write("model.onnx", bytes()));

    /// <summary>A valid model with one more initializer.</summary>
    public static FailingModel Tensor(string code, string name, Func<TensorProto> tensor) =>
        Changed(code, name, model => model.Graph.Initializer.Add(tensor()));

    /// <summary>A valid model whose node has these attributes.</summary>
    public static FailingModel Attributes(string code, string name, params AttributeProto[] attributes) =>
        Changed(code, name, model => model.Graph.Node[0].Attribute.AddRange(attributes));
}
