using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Options;
using ModelBuild.Compiler.Tests.Ops;
using ModelBuild.Onnx;
using ModelBuild.Onnx.Diagnostics;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Conformance;

/// <summary>Nodes of ONNX Runtime's operators with something that does not belong there, or with sizes and weights that only a run knows: no operator stumbles.</summary>
public class HostileContribTests
{
    private static readonly Dictionary<string, Func<OneNode>> Others = new()
    {
        ["decoder"] = () => new OneNode("DecoderMaskedMultiHeadAttention").With("num_heads", 2).With("past_present_share_buffer", 1).Floats("2,1,24").Absent(4).Floats("2,2,6,4").Floats("2,2,6,4").Of("1", 3).Outputs(true, true, true),
        ["decoder with weights"] = () => new OneNode("DecoderMaskedSelfAttention").With("num_heads", 2).With("past_present_share_buffer", 1).Floats("2,1,8").Floats("8,24").Floats("24").Absent().Floats("2,2,2,6,4").Absent().Of("1", 3)
            .Outputs(true, true),
        ["buffer"] = () => new OneNode("Attention").With("num_heads", 1).With("past_present_share_buffer", 1).Floats("1,2,3").Floats("3,6").Floats("6").Absent().Floats("2,1,1,6,2").Absent().Of("1", 3).Outputs(true, true),
        ["sparse"] = () => new OneNode("SparseAttention").With("num_heads", 4).With("kv_num_heads", 2).With("sparse_block_size", 16).With("do_rotary", 1).Floats("2,40,64").Floats("2,40,32").Floats("2,40,32").Floats("2,2,48,16")
            .Floats("2,2,48,16").Of("2,4", 0, 1, 3, 6, 0, 1, 2, 4).Constant().Of("2,6", 0, 0, 1, 0, 1, 2, 0, 1, 0, 2, -1, -1).Constant().Of("1", 40).Of("2", 40, 40).Floats("64,8").Floats("64,8").Outputs(true, true, true),
        ["bias of positions"] = () => new OneNode("GatedRelativePositionBias").With("num_heads", 2).Floats("1,3,4").Floats("4").Floats("1,2,3,3").Floats("2,4").Floats("4").Floats("1,2,1,1"),
        ["several matrices"] = () => new OneNode("MatMulNBitsQkv").With("K", 32).With("Nq", 4).With("Nkv", 2).With("block_size", 32).Floats("2,32").Floats("2,32").Floats("32").Bytes("4,1,16").Floats("4,1").Absent().Bytes("2,1,16").Floats("2,1")
            .Absent().Bytes("2,1,16").Floats("2,1").Outputs(true, true, true, true),
        ["sums of rows"] = () => new OneNode("ReduceSum", string.Empty, 18).Floats("3,4,5").Of("k=2", 0L, 1L).Rank(3),
        ["texts"] = () => new OneNode("Cast", string.Empty, 21).With("to", 1).Texts("3", "1", "2", "3"),
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_operator_of_ONNX_Runtime_stumbles(int seed)
    {
        var random = new Random(seed);
        var bugs = new List<string>();
        foreach (var (name, node) in ContribTests.Nodes.Concat(Others))
        {
            for (var time = 0; time < 12; time++)
            {
                var sink = new DiagnosticSink();
                ModelCompiler.Compile(Changed(node().Model(), random), new CompileOptions(), sink);
                bugs.AddRange(sink.All.Where(problem => problem.Code == "MB9002").Select(problem => $"{name}: {problem}"));
            }
        }

        bugs.Distinct().ShouldBeEmpty();
    }

    private static OnnxModel Changed(OnnxModel model, Random random)
    {
        var open = random.Next(3) == 0 ? [] : model.Graph.Initializers.Where(_ => random.Next(4) == 0).ToArray();
        OnnxValueInfo Open(OnnxValueInfo info) => info.Type is OnnxTensorType { Shape: { } shape } type
            ? new OnnxValueInfo { Name = info.Name, Type = type with { Shape = [.. shape.Select((size, axis) => random.Next(5) == 0 ? OnnxDimension.Of($"{info.Name}_{axis}") : size)] } }
            : info;
        return new OnnxModel
        {
            IrVersion = model.IrVersion,
            Opsets = model.Opsets,
            FileName = model.FileName,
            Graph = new OnnxGraph
            {
                Name = model.Graph.Name,
                Nodes = [random.Next(3) == 0 ? model.Graph.Nodes[0] : HostileNodeTests.Change(model.Graph.Nodes[0], random)],
                Inputs =
                [
                    .. model.Graph.Inputs.Select(Open),
                    .. open.Select(tensor => Open(new OnnxValueInfo { Name = tensor.Name, Type = new OnnxTensorType(tensor.ElementType, [.. tensor.Dims.Select(size => OnnxDimension.Of(size))]) })),
                ],
                Outputs = model.Graph.Outputs,
                Initializers = [.. model.Graph.Initializers.Except(open)],
            },
        };
    }
}
