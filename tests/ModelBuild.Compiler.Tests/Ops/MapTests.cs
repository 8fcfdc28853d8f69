using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using ModelBuild.Compiler.Execution;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Compression;
using ModelBuild.Compiler.Verification;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Plan;
using ModelBuild.Testing.OnnxRuntime;
using Shouldly;
using Xunit;
using Tensor = ModelBuild.Compiler.IR.Tensor;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>Operators on maps, compared with ONNX Runtime; a map is a parameter for its keys and one for its values.</summary>
public class MapTests
{
    private static readonly (long[] Keys, float[] Values) Numbers = ([5, 0, 12, 2], [1.5f, -0.25f, 1e10f, 3e-7f]);

    public static TheoryData<string, string, int> Forms => new()
    {
        { "TO_FLOAT", "DENSE", 1 },
        { "TO_INT64", "DENSE", 1 },
        { "TO_STRING", "DENSE", 1 },
        { "TO_FLOAT", "SPARSE", 8 },
        { "TO_INT64", "SPARSE", 1 },
        { "TO_STRING", "SPARSE", 13 },
    };

    [SkippableTheory]
    [MemberData(nameof(Forms))]
    public void A_map_of_floats_becomes_a_vector(string to, string form, int size) =>
        ShouldAgree(Model("CastMap", OnnxElementType.Int64, OnnxElementType.Float, Type(to), OnnxAttribute.Of("cast_to", to), OnnxAttribute.Of("map_form", form), OnnxAttribute.Of("max_map", (long)size)), Tensor.Vector(Numbers.Keys), Floats(Numbers.Values));

    [SkippableTheory]
    [MemberData(nameof(Forms))]
    public void A_map_of_texts_becomes_a_vector(string to, string form, int size) =>
        ShouldAgree(
            Model("CastMap", OnnxElementType.Int64, OnnxElementType.String, Type(to), OnnxAttribute.Of("cast_to", to), OnnxAttribute.Of("map_form", form), OnnxAttribute.Of("max_map", (long)size)),
            Tensor.Vector(Numbers.Keys), Tensor.Of(["7", "-12", "3.75", "0"], 4));

    [SkippableFact]
    public void An_empty_map_becomes_zeros() =>
        ShouldAgree(Model("CastMap", OnnxElementType.Int64, OnnxElementType.Float, OnnxElementType.Float, OnnxAttribute.Of("map_form", "SPARSE"), OnnxAttribute.Of("max_map", 3L)), Tensor.Vector([]), Floats([]));

    [SkippableFact]
    public void Keys_that_are_texts_are_looked_up() => ShouldAgree(
        Model("DictVectorizer", OnnxElementType.String, OnnxElementType.Int64, OnnxElementType.Int64, Texts("string_vocabulary", "a", "c", "b", "z", "c")),
        Tensor.Of(["c", "a", "none"], 3), Tensor.Vector([8, 4, 9]));

    [SkippableFact]
    public void Keys_that_are_integers_are_looked_up() => ShouldAgree(
        Model("DictVectorizer", OnnxElementType.Int64, OnnxElementType.Double, OnnxElementType.Double, OnnxAttribute.Of("int64_vocabulary", (IReadOnlyList<long>)[3L, -1L, 12L, 5L])),
        Tensor.Vector(Numbers.Keys), Tensor.Of<double>([1, 2, 3, 4], 4));

    [SkippableFact]
    public void Texts_are_looked_up() => ShouldAgree(
        Model("DictVectorizer", OnnxElementType.Int64, OnnxElementType.String, OnnxElementType.String, OnnxAttribute.Of("int64_vocabulary", (IReadOnlyList<long>)[3L, 12L, 5L])),
        Tensor.Vector(Numbers.Keys), Tensor.Of(["u", "v", "w", "x"], 4));

    [Fact]
    public void A_key_that_stands_twice_fails_the_run()
    {
        var runner = Runner(Model("CastMap", OnnxElementType.Int64, OnnxElementType.Float, OnnxElementType.Float));
        Should.Throw<ArgumentException>(() => runner.Run([Tensor.Vector([3, 1, 3]), Floats([1, 2, 3])])).Message.ShouldContain("3 stands twice");
    }

    [Fact]
    public void A_negative_key_has_no_place()
    {
        var runner = Runner(Model("CastMap", OnnxElementType.Int64, OnnxElementType.Float, OnnxElementType.Float, OnnxAttribute.Of("map_form", "SPARSE")));
        Should.Throw<ArgumentException>(() => runner.Run([Tensor.Vector([-3]), Floats([1])])).Message.ShouldContain("-3");
    }

    [Fact]
    public void A_map_may_be_an_output()
    {
        var map = new OnnxMapType(OnnxElementType.String, new OnnxTensorType(OnnxElementType.Float, null));
        var graph = Compiling.Compile(Model("Identity", map, map), new CompileOptions()).Graph;
        graph.Inputs.Select(input => input.Name).ShouldBe(["x_keys", "x_values"]);
        graph.Outputs.Select(output => output.Name).ShouldBe(["y_keys", "y_values"]);
    }

    [Fact]
    public void A_stored_map_is_read()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            using (var file = File.Create(Path.Combine(folder.FullName, "model.onnx")))
            {
                OnnxWriter.Write(Model("CastMap", OnnxElementType.Int64, OnnxElementType.Float, OnnxElementType.Float), file);
            }

            // MapProto: key_type, keys 7 and 0, values of two tensors; TensorProto: dims, data_type, raw_data.
            byte[] one = [0x10, 1, 0x4A, 4, 0, 0, 0x80, 0x3F];
            byte[] two = [0x10, 1, 0x4A, 4, 0, 0, 0, 0x40];
            byte[] sequence = [0x10, 1, 0x1A, 8, .. one, 0x1A, 8, .. two];
            var data = folder.CreateSubdirectory("test_data_set_0").FullName;
            File.WriteAllBytes(Path.Combine(data, "input_0.pb"), [0x10, 7, 0x18, 7, 0x18, 0, 0x2A, (byte)sequence.Length, .. sequence]);
            File.WriteAllBytes(Path.Combine(data, "output_0.pb"), [0x08, 1, 0x08, 2, 0x10, 1, 0x4A, 8, .. two[4..], .. one[4..]]);
            var result = new Verifier(new CompileOptions(), emit: true).Verify(VerifyCase.Find(folder.FullName)).ShouldHaveSingleItem();
            result.Outcome.ShouldBe(CaseOutcome.Passed, result.Reason);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_map_chosen_by_a_condition_is_a_map()
    {
        var map = new OnnxMapType(OnnxElementType.Int64, new OnnxTensorType(OnnxElementType.Float, null));
        OnnxGraph Branch(string of) => new() { Name = of, Outputs = [new OnnxValueInfo { Name = $"of_{of}" }], Nodes = [new OnnxNode { Name = of, OpType = "Identity", Inputs = [of], Outputs = [$"of_{of}"] }] };
        var model = new OnnxModel
        {
            IrVersion = 8,
            Opsets = new Dictionary<string, long> { [string.Empty] = 17, ["ai.onnx.ml"] = 3 },
            FileName = "map.onnx",
            Graph = new OnnxGraph
            {
                Name = "map",
                Inputs = [new OnnxValueInfo { Name = "c", Type = new OnnxTensorType(OnnxElementType.Bool, []) }, new OnnxValueInfo { Name = "a", Type = map }, new OnnxValueInfo { Name = "b", Type = map }],
                Outputs = [new OnnxValueInfo { Name = "y", Type = new OnnxTensorType(OnnxElementType.Float, null) }],
                Nodes =
                [
                    new OnnxNode { Name = "if", OpType = "If", Inputs = ["c"], Outputs = ["m"], Attributes = [OnnxAttribute.Of("then_branch", Branch("a")), OnnxAttribute.Of("else_branch", Branch("b"))] },
                    new OnnxNode { Name = "cast", OpType = "CastMap", Domain = "ai.onnx.ml", Inputs = ["m"], Outputs = ["y"], Index = 1 },
                ],
            },
        };
        var outputs = Runner(model).Run([Tensor.Scalar(false), Tensor.Vector([1]), Floats([9]), Tensor.Vector([7, 3]), Floats([2, 1])]);
        outputs[0].As<float>().ToArray().ShouldBe([1, 2]);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(0, 1)]
    public void A_map_may_be_the_state_of_a_loop(long rounds, int last)
    {
        // In each round the two maps, which have not as many entries, change places.
        var map = new OnnxMapType(OnnxElementType.Int64, new OnnxTensorType(OnnxElementType.Float, null));
        OnnxValueInfo Info(string name, OnnxType type) => new() { Name = name, Type = type };
        OnnxNode Copy(string from, string to) => new() { Name = to, OpType = "Identity", Inputs = [from], Outputs = [to] };
        var body = new OnnxGraph
        {
            Name = "body",
            Inputs = [Info("i", new OnnxTensorType(OnnxElementType.Int64, [])), Info("goes", new OnnxTensorType(OnnxElementType.Bool, [])), Info("first", map), Info("second", map)],
            Outputs = [Info("goes_on", new OnnxTensorType(OnnxElementType.Bool, [])), Info("next_first", map), Info("next_second", map)],
            Nodes = [Copy("goes", "goes_on"), Copy("second", "next_first"), Copy("first", "next_second")],
        };
        var model = new OnnxModel
        {
            IrVersion = 8,
            Opsets = new Dictionary<string, long> { [string.Empty] = 17, ["ai.onnx.ml"] = 3 },
            FileName = "map.onnx",
            Graph = new OnnxGraph
            {
                Name = "map",
                Inputs = [Info("rounds", new OnnxTensorType(OnnxElementType.Int64, [])), Info("a", map), Info("b", map)],
                Outputs = [Info("y", new OnnxTensorType(OnnxElementType.Float, null))],
                Nodes =
                [
                    new OnnxNode { Name = "loop", OpType = "Loop", Inputs = ["rounds", "", "a", "b"], Outputs = ["m", "other"], Attributes = [OnnxAttribute.Of("body", body)] },
                    new OnnxNode { Name = "cast", OpType = "CastMap", Domain = "ai.onnx.ml", Inputs = ["m"], Outputs = ["y"], Index = 1 },
                ],
            },
        };
        var outputs = Runner(model).Run([Tensor.Scalar(rounds), Tensor.Vector([1]), Floats([9]), Tensor.Vector([7, 3]), Floats([2, 1])]);
        outputs[0].As<float>().ToArray().ShouldBe(last == 1 ? [9] : [1, 2]);
    }

    [Theory]
    [InlineData(OnnxElementType.Int32)]
    [InlineData(OnnxElementType.String)]
    public void Only_the_maps_of_the_specification_are_cast(OnnxElementType key)
    {
        var sink = new DiagnosticSink();
        ModelCompiler.Compile(Model("CastMap", key, OnnxElementType.Float, OnnxElementType.Float), new CompileOptions(), sink).ShouldBeNull();
        sink.All.ShouldHaveSingleItem().Message.ShouldContain("is none from 64-bit integers");
    }

    private static OnnxElementType Type(string to) => to switch { "TO_FLOAT" => OnnxElementType.Float, "TO_INT64" => OnnxElementType.Int64, _ => OnnxElementType.String };

    private static OnnxAttribute Texts(string name, params string[] texts) => OnnxAttribute.Of(name, (IReadOnlyList<ReadOnlyMemory<byte>>)[.. texts.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))]);

    private static Tensor Floats(float[] values) => Tensor.Of<float>(values, values.Length);

    private static ProgramRunner Runner(OnnxModel model) => new(Compiling.Compile(model, new CompileOptions()).Program);

    private static void ShouldAgree(OnnxModel model, Tensor keys, Tensor values)
    {
        OnnxRuntimeOracle.Require();
        var stream = new MemoryStream();
        OnnxWriter.Write(model, stream);
        using var session = new OrtSession(stream.ToArray());
        var expected = session.RunOnMap(ForOracle(keys), ForOracle(values))[0];
        var actual = Runner(model).Run([keys, values])[0];
        actual.Dims.ShouldBe(expected.Shape);
        if (actual.Type == ElementType.String)
        {
            actual.Strings.ShouldBe(expected.Strings);
        }
        else
        {
            actual.Bytes.ToArray().ShouldBe(expected.Bytes.ToArray());
        }
    }

    private static Testing.Tensor ForOracle(Tensor tensor) =>
        tensor.Type == ElementType.String ? new Testing.Tensor(tensor.Dims, [.. tensor.Strings]) : new Testing.Tensor((Testing.TensorType)(int)tensor.Type, tensor.Dims, tensor.Bytes.ToArray());

    private static OnnxModel Model(string op, OnnxElementType key, OnnxElementType value, OnnxElementType output, params IReadOnlyList<OnnxAttribute> attributes) =>
        Model(op, new OnnxMapType(key, new OnnxTensorType(value, [])), new OnnxTensorType(output, null), attributes);

    private static OnnxModel Model(string op, OnnxType input, OnnxType output, params IReadOnlyList<OnnxAttribute> attributes) => new()
    {
        IrVersion = 8,
        Opsets = new Dictionary<string, long> { [string.Empty] = 17, ["ai.onnx.ml"] = 3 },
        FileName = "map.onnx",
        Graph = new OnnxGraph
        {
            Name = "map",
            Inputs = [new OnnxValueInfo { Name = "x", Type = input }],
            Outputs = [new OnnxValueInfo { Name = "y", Type = output }],
            Nodes = [new OnnxNode { Name = op, OpType = op, Domain = op == "Identity" ? string.Empty : "ai.onnx.ml", Inputs = ["x"], Outputs = ["y"], Attributes = attributes }],
        },
    };
}
