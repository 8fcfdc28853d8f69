using System.Linq;
using Xunit;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>Recurrent layers give what ONNX Runtime gives, at any batch and length.</summary>
public class RecurrentTests
{
    public static TheoryData<string, int, string, bool, bool, bool> Layers
    {
        get
        {
            var data = new TheoryData<string, int, string, bool, bool, bool>();
            foreach (var (op, gates) in new[] { ("LSTM", 4), ("GRU", 3), ("RNN", 1) })
            {
                data.Add(op, gates, "forward", true, false, false);
                data.Add(op, gates, "reverse", false, true, true);
                data.Add(op, gates, "bidirectional", true, true, false);
                data.Add(op, gates, "bidirectional", false, false, true);
            }

            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Layers))]
    public void A_layer_gives_what_ONNX_Runtime_gives(string op, int gates, string direction, bool isConstant, bool hasLengths, bool isFirstReset)
    {
        const int Hidden = 20;
        var directions = direction == "bidirectional" ? 2 : 1;
        var node = new OneNode(op, string.Empty).With("hidden_size", Hidden).With("direction", direction).Floats("steps=5,batch=3,7");
        foreach (var shape in new[] { $"{directions},{gates * Hidden},7", $"{directions},{gates * Hidden},{Hidden}", $"{directions},{2 * gates * Hidden}" })
        {
            node.Floats(shape);
            node = isConstant ? node.Constant() : node;
        }

        node = (hasLengths ? node.Of("batch=3", 5, 2, 4) : node.Absent()).Floats($"{directions},batch=3,{Hidden}");
        if (op == "LSTM")
        {
            node = node.Floats($"{directions},batch=3,{Hidden}").Floats($"{directions},{3 * Hidden}");
        }

        node = op == "GRU" ? node.With("linear_before_reset", isFirstReset ? 1 : 0) : node;
        node.Outputs([true, true, .. op == "LSTM" ? new[] { true } : []]).ShouldAgree();
    }

    [SkippableTheory]
    [InlineData("LSTM", 4, 3)]
    [InlineData("GRU", 3, 2)]
    [InlineData("RNN", 1, 1)]
    public void Functions_take_their_parameters_in_order_and_sums_are_cut(string op, int gates, int functions)
    {
        string[] names = ["HardSigmoid", "ScaledTanh", "Affine", "Softsign", "LeakyRelu", "Elu"];
        var node = new OneNode(op, string.Empty).With("hidden_size", 3).With("direction", "bidirectional").With("activations", names.Take(2 * functions).ToArray())
            .With("activation_alpha", (float[])[0.3f, 0.9f, 0.8f, 0.2f, 0.5f]).With("activation_beta", (float[])[0.4f, 0.7f, 0.1f]).With("clip", 0.5f)
            .Floats("4,2,5").Floats($"2,{3 * gates},5", 2).Floats($"2,{3 * gates},3");
        node.Outputs(false, true).ShouldAgree();
    }

    [SkippableFact]
    public void The_forget_gate_of_LSTM_may_be_coupled_to_the_input_gate() =>
        new OneNode("LSTM", string.Empty).With("hidden_size", 16).With("input_forget", 1).Floats("s=4,1,5").Floats("1,64,5").Constant().Floats("1,64,16").Constant().Outputs(true, true, true).ShouldAgree();
}
