using System;
using System.Collections.Generic;
using System.IO;
using Google.Protobuf;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Tests;

internal static partial class FailingModels
{
    private static IEnumerable<FailingModel> ExternalData()
    {
        yield return External("MB1060", "no location", []);
        yield return External("MB1060", "an empty location", [("location", "")]);
        yield return External("MB1060", "a location with a null character", [("location", "a\0b")]);
        yield return External("MB1060", "a negative offset", [("location", "w.bin"), ("offset", "-4")]);
        yield return External("MB1060", "an offset that is no number", [("location", "w.bin"), ("offset", "four")]);
        yield return External("MB1060", "a length of more than 64 bits", [("location", "w.bin"), ("length", "99999999999999999999")]);
        yield return External("MB1060", "a length that does not fit the dimensions", [("location", "w.bin"), ("length", "4")]);
        yield return External("MB1061", "a data file that does not exist", [("location", "absent.bin")]);
        yield return External("MB1061", "a folder in place of a data file", [("location", "folder")], folder => Directory.CreateDirectory(folder.Combine("model", "folder")));
        yield return External("MB1062", "a location that climbs out", [("location", "../secret.bin")]);
        yield return External("MB1062", "a location that goes down and climbs out", [("location", "a/../../secret.bin")]);
        yield return External("MB1062", "an absolute location", [("location", "/etc/passwd")]);
        yield return External("MB1062", "an absolute location of Windows", [("location", @"C:\secret.bin")]);
        yield return External("MB1062", "a location on a Windows share", [("location", @"\\server\secret.bin")]);
        yield return External("MB1062", "the folder itself", [("location", ".")]);
        yield return External("MB1062", "a link to a file outside", [("location", "link.bin")], folder =>
            File.CreateSymbolicLink(folder.Combine("model", "link.bin"), "../secret.bin"));
        yield return External("MB1062", "a link to a folder outside", [("location", "link/secret.bin")], folder =>
            Directory.CreateSymbolicLink(folder.Combine("model", "link"), folder.Path));
        yield return External("MB1062", "a link to a link outside", [("location", "one.bin")], folder =>
        {
            File.CreateSymbolicLink(folder.Combine("model", "two.bin"), folder.Combine("secret.bin"));
            File.CreateSymbolicLink(folder.Combine("model", "one.bin"), "two.bin");
        });
        yield return External("MB1063", "a data file that is too short", [("location", "short.bin")], folder => folder.Write("model/short.bin", new byte[7]));
        yield return External("MB1063", "an offset beyond the end", [("location", "w.bin"), ("offset", "1000000")]);
        yield return External("MB1063", "an offset that overflows with the length", [("location", "w.bin"), ("offset", "9223372036854775807")]);
        yield return External("MB1064", "a circle of links", [("location", "a.bin")], folder =>
        {
            File.CreateSymbolicLink(folder.Combine("model", "a.bin"), "b.bin");
            File.CreateSymbolicLink(folder.Combine("model", "b.bin"), "a.bin");
        });
        yield return External("MB1065", "tensors that lie across each other", [("location", "w.bin"), ("offset", "4")], another:
            Samples.ExternalTensor("other", ("location", "w.bin"), ("offset", "0")));
    }

    /// <summary>model/model.onnx whose tensor is stored at this place; model/w.bin has 12 bytes, and secret.bin lies outside.</summary>
    private static FailingModel External(
        string code, string name, (string Key, string Value)[] place, Action<TemporaryFolder>? prepare = null, TensorProto? another = null) =>
        new(code, "external data: " + name, folder =>
        {
            folder.Write("secret.bin", new byte[64]);
            folder.Write("model/w.bin", new byte[12]);
            prepare?.Invoke(folder);
            ModelProto model = Samples.Model(m => m.Graph.Initializer.Add(Samples.ExternalTensor("w", place)));
            if (another is not null)
            {
                model.Graph.Initializer.Add(another);
            }

            return folder.Write("model/model.onnx", model.ToByteArray());
        });
}
