using System;
using System.IO;
using Google.Protobuf;
using ModelBuild.Onnx.Protos;
using ModelBuild.Onnx.Writing;

namespace ModelBuild.Onnx;

/// <summary>
/// Writes standard ONNX files. Equal models give equal bytes. All tensors are written into the one file, as raw data; what was read
/// from external files is included.
/// </summary>
public static class OnnxWriter
{
    /// <summary>Whether the model is small enough for one file: a protobuf message has less than 2 GiB.</summary>
    public static bool Fits(OnnxModel model) => ModelSize.OfData(model) <= ModelSize.MostData;

    /// <summary>Writes <paramref name="model"/> to <paramref name="stream"/>, which stays open.</summary>
    /// <exception cref="InvalidOperationException">The model is larger than the 2 GB that one protobuf file can hold.</exception>
    public static void Write(OnnxModel model, Stream stream)
    {
        if (!Fits(model))
        {
            throw new InvalidOperationException("The model is larger than the 2 GB that one ONNX file can hold.");
        }

        ModelProto proto = ModelExporter.Export(model);
        proto.WriteTo(stream);
    }
}
