using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Google.Protobuf;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Tests;

internal static partial class FailingModels
{
    private static IEnumerable<FailingModel> Files()
    {
        yield return new("MB1001", "no such file", folder => folder.Combine("absent.onnx"));
        yield return new("MB1001", "no such folder", folder => folder.Combine("absent", "model.onnx"));
        yield return new("MB1002", "a folder in place of a file", folder => folder.Path);
        yield return new("MB1002", "a null character in the path", folder => folder.Combine("a\0b.onnx"));
        yield return FailingModel.Bytes("MB1003", "an empty file", () => []);
        yield return new("MB1004", "a file of more than 2 GB", Sparse);
        yield return FailingModel.Bytes("MB1005", "plain text", () => Encoding.ASCII.GetBytes("This is not a model.\n"));
        yield return FailingModel.Bytes("MB1005", "a zip archive", () => [0x50, 0x4b, 0x03, 0x04, 0x14, 0, 0, 0]);
        yield return FailingModel.Bytes("MB1005", "a picture", () => [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
        yield return FailingModel.Bytes("MB1005", "zeros", () => new byte[64]);
        yield return FailingModel.Bytes("MB1005", "an endless number", () => [0x08, .. Enumerable.Repeat((byte)0xff, 11)]);
        yield return FailingModel.Bytes("MB1005", "an endless number in a packed list", () => PackedInt64s([.. Enumerable.Repeat((byte)0xff, 11), 1]));
        yield return FailingModel.Bytes("MB1005", "a packed list that ends within a number", () => PackedInt64s([0x80]));
        yield return FailingModel.Bytes("MB1006", "half a model", () => Half(Samples.Model(m => m.Graph.Initializer.Add(Samples.Tensor("w", 100)))));
        yield return FailingModel.Bytes("MB1006", "a length of 2 GB in a file of 6 bytes", () => [0x3a, 0xff, 0xff, 0xff, 0xff, 0x07]);
        yield return FailingModel.Bytes("MB1006", "a length of 64 bits", () =>
            [0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]);
        yield return FailingModel.Bytes("MB1007", "40 nested subgraphs", () => Nested(40).ToByteArray());
        yield return FailingModel.Bytes("MB1007", "100,000 nested types", NestedTypes);
        yield return FailingModel.Bytes("MB1008", "a name in Latin-1", () => [0x12, 0x01, 0xe9]);
        yield return FailingModel.Bytes("MB1009", "16 million empty nodes", () => [0x3a, .. Message(new byte[2 * 16_100_000], 0x0a, 0x00)]);
        yield return FailingModel.Bytes("MB1010", "a Git LFS pointer", () => Encoding.ASCII.GetBytes(
            "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"));
    }

    // Takes no space on disk where files can have holes.
    private static string Sparse(TemporaryFolder folder)
    {
        string path = folder.Combine("model.onnx");
        using FileStream file = File.Create(path);
        file.SetLength(1L << 31);
        return path;
    }

    private static byte[] Half(ModelProto model)
    {
        byte[] bytes = model.ToByteArray();
        return bytes[..(bytes.Length / 2)];
    }

    private static byte[] PackedInt64s(byte[] content)
    {
        byte[] tensor = [0x3a, .. Message(content)];
        byte[] graph = [0x2a, .. Message(tensor)];
        return [0x08, 0x08, 0x3a, .. Message(graph)];
    }

    // Length and content; the content is filled with a repeated pattern if there is one.
    private static byte[] Message(byte[] content, params byte[] pattern)
    {
        for (int i = 0; pattern.Length > 0 && i < content.Length; i++)
        {
            content[i] = pattern[i % pattern.Length];
        }

        return [.. Varint(content.Length), .. content];
    }

    private static ModelProto Nested(int depth)
    {
        var graph = new GraphProto { Node = { Samples.Node("Relu", ["x"], ["y"]) }, Output = { Samples.Value("y") } };
        for (int i = 0; i < depth; i++)
        {
            graph = new GraphProto
            {
                Node = { Samples.Node("If", ["x"], ["y"], Samples.Graph("then_branch", graph)) },
                Output = { Samples.Value("y") },
            };
        }

        graph.Input.Add(Samples.Value("x"));
        return Samples.Model(model => model.Graph = graph);
    }

    // Built from the inside out: sequence_type { elem_type { sequence_type { ... as lengths that all end at the end of the file.
    private static byte[] NestedTypes()
    {
        const int Depth = 100_000;
        var reversed = new List<byte>();
        for (int i = 0; i < Depth; i++)
        {
            byte tag = i % 2 == 0 ? (byte)0x0a : (byte)0x22;
            reversed.AddRange(Varint(reversed.Count).AsEnumerable().Reverse());
            reversed.Add(tag);
        }

        foreach (byte tag in new byte[] { 0x12, 0x5a, 0x3a })
        {
            reversed.AddRange(Varint(reversed.Count).AsEnumerable().Reverse());
            reversed.Add(tag);
        }

        reversed.Reverse();
        return [.. reversed];
    }

    private static List<byte> Varint(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        bytes.Add((byte)value);
        return bytes;
    }
}
