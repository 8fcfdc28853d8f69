using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Onnx;
using Shouldly;
using Xunit;

namespace ModelBuild.Compiler.Tests.Ops;

/// <summary>The operators of ONNX Runtime's own domain give what it gives itself.</summary>
public class ContribTests
{
    internal static readonly Dictionary<string, Func<OneNode>> Nodes = new()
    {
        ["BiasGelu"] = () => new OneNode("BiasGelu").Floats("n=3,8", 3).Floats("8"),
        ["Gelu"] = () => new OneNode("Gelu").Floats("n=3,8", 3),
        ["FastGelu with a bias"] = () => new OneNode("FastGelu").Floats("n=3,8", 3).Floats("8"),
        ["QuickGelu"] = () => new OneNode("QuickGelu").With("alpha", 1.5f).Floats("n=3,8", 3),
        ["ExpandDims"] = () => new OneNode("ExpandDims").Floats("n=3,8").Of("", -1).Constant(),
        ["Trilu"] = () => new OneNode("Trilu").With("upper", 0).Floats("n=2,4,m=5").Of("", 1L),
        ["Pad"] = () => new OneNode("Pad").Floats("n=2,3").Of("1,4", 0L, 1, 2, 0).Of("1", 0.5f),
        ["Range"] = () => new OneNode("Range").Of("", 2f).Constant().Of("", 5f).Constant(),
        ["GatherND"] = () => new OneNode("GatherND").Floats("n=2,3").Of("2,2", 0L, 2, 1, 0),
        ["CDist"] = () => new OneNode("CDist").With("metric", "euclidean").Floats("n=3,5").Floats("m=4,5"),
        ["CDist of squares"] = () => new OneNode("CDist").With("metric", "sqeuclidean").Floats("n=3,5").Floats("m=4,5"),
        ["Inverse"] = () => new OneNode("Inverse").Floats("n=2,4,4"),
        ["Inverse that exchanges rows"] = () => new OneNode("Inverse").Of("2,2", 0f, 2, 4, 1),
        ["GridSample"] = () => new OneNode("GridSample").With("mode", "bicubic").With("padding_mode", "reflection").Floats("n=1,2,4,5").Floats("n=1,3,3,2", 1.2f),
        ["FusedMatMul"] = () => new OneNode("FusedMatMul").With("alpha", 0.5f).With("transA", 1).With("transB", 1).Floats("n=2,4,3").Floats("n=2,5,4"),
        ["FusedMatMul of batches inside"] = () => new OneNode("FusedMatMul").With("transBatchA", 1).With("transBatchB", 1).Floats("3,n=2,4").Floats("4,n=2,5"),
        ["FusedMatMul of transposed batches inside"] = () => new OneNode("FusedMatMul").With("transBatchA", 1).With("transA", 1).Floats("4,n=2,3").Floats("n=2,4,5"),
        ["TransposeMatMul"] = () => new OneNode("TransposeMatMul").With("transA", 1).Floats("4,3").Floats("4,5").Constant(),
        ["FusedGemm"] = () => new OneNode("FusedGemm").With("activation", "LeakyRelu").With("activation_alpha", 0.3f).With("alpha", 0.5f).With("transB", 1).Floats("n=3,4").Floats("5,4").Floats("5"),
        ["FusedConv"] = () => new OneNode("FusedConv").With("activation", "Relu").With("pads", (long[])[1, 1, 1, 1]).Floats("n=1,3,6,5").Floats("4,3,3,3").Constant().Floats("4").Constant().Floats("n=1,4,6,5"),
        ["FusedConv with parameters"] = () => new OneNode("FusedConv").With("activation", "HardSigmoid").With("activation_params", (float[])[0.3f, 0.4f]).Floats("n=1,3,6,5").Floats("4,3,3,3").Constant(),
        ["SkipLayerNormalization"] = () => new OneNode("SkipLayerNormalization").Floats("n=2,s=3,8").Floats("s=3,8").Floats("8").Floats("8").Floats("8").Outputs(true, false, false, true),
        ["SkipSimplifiedLayerNormalization"] = () => new OneNode("SkipSimplifiedLayerNormalization").With("epsilon", 1e-5f).Floats("n=2,s=3,8").Floats("n=2,s=3,8").Floats("8").Floats("8").Outputs(true, false, false, true),
        ["SimplifiedLayerNormalization"] = () => new OneNode("SimplifiedLayerNormalization", string.Empty).With("axis", -1).With("epsilon", 1e-5f).Floats("n=2,s=3,8").Floats("8"),
        ["EmbedLayerNormalization"] = () => new OneNode("EmbedLayerNormalization").With("epsilon", 1e-5f).Of("n=2,s=3", 1, 4, 0, 2, 2, 3).Of("n=2,s=3", 0, 0, 1, 0, 1, 1).Floats("5,8").Floats("7,8").Floats("2,8").Floats("8").Floats("8")
            .Of("n=2,s=3", 1, 1, 0, 1, 1, 1).Outputs(true, true, true),
        ["EmbedLayerNormalization without segments"] = () => new OneNode("EmbedLayerNormalization").Of("n=2,s=3", 1, 4, 0, 2, 2, 3).Absent().Floats("5,8").Floats("7,8").Absent().Floats("8").Floats("8").Outputs(true, false),
        ["RotaryEmbedding"] = () => new OneNode("RotaryEmbedding").Floats("n=2,s=3,32").Of("n=2,s=3", 0L, 1, 2, 4, 5, 6).Floats("8,4").Floats("8,4"),
        ["RotaryEmbedding from a position on"] = () => new OneNode("RotaryEmbedding").With("interleaved", 1).Floats("n=2,4,s=3,8").Of("1", 2L).Floats("8,4").Floats("8,4"),
        ["RotaryEmbedding of a part"] = () => new OneNode("RotaryEmbedding").With("rotary_embedding_dim", 4).With("num_heads", 2).Floats("n=2,s=3,16").Of("n=2,s=3", 0L, 1, 2, 4, 5, 6).Floats("8,2").Floats("8,2"),
        ["MatMulNBits"] = () => new OneNode("MatMulNBits").With("K", 40).With("N", 3).With("bits", 4).With("block_size", 16).Floats("n=2,40").Bytes("3,3,8").Constant().Floats("9").Constant(),
        ["MatMulNBits with zero points"] = () => new OneNode("MatMulNBits").With("K", 48).With("N", 3).With("bits", 4).With("block_size", 16).Floats("n=2,48").Bytes("3,3,8").Constant().Floats("9").Constant().Bytes("6").Constant(),
        ["MatMulNBits of bytes"] = () => new OneNode("MatMulNBits").With("K", 32).With("N", 3).With("bits", 8).With("block_size", 16).Floats("n=2,32").Bytes("3,2,16").Constant().Floats("6").Constant(),
        ["GatherBlockQuantized"] = () => new OneNode("GatherBlockQuantized").With("bits", 4).With("block_size", 16).With("quantize_axis", -1).Bytes("6,16").Constant().Of("n=2,2", 0L, 5, 3, 1).Floats("6,2").Constant(),
        ["GatherBlockQuantized with zero points"] = () => new OneNode("GatherBlockQuantized").With("bits", 4).With("block_size", 16).With("quantize_axis", 1).Bytes("6,16").Constant().Of("n=3", 0L, 5, 3).Floats("6,2").Constant().Bytes("6,1").Constant(),
        ["GatherBlockQuantized of bytes"] = () => new OneNode("GatherBlockQuantized").With("bits", 8).With("block_size", 16).With("quantize_axis", 1).Bytes("6,32").Constant().Of("n=3", 0L, 5, 3).Floats("6,2").Constant(),
        ["QuantizeLinear"] = () => new OneNode("QuantizeLinear").Floats("n=3,5").Of("1", 0.01f).Of("1", (byte)120),
        ["DequantizeLinear along an axis"] = () => new OneNode("DequantizeLinear").With("axis", 1).Bytes("n=3,2").Of("2", 0.01f, 0.02f).Bytes("2"),
        ["Unique"] = () => new OneNode("Unique").Of("6", 2f, 1, 1, 3, 4, 3).Outputs(true, true, true),
        ["UnfoldTensor"] = () => new OneNode("UnfoldTensor").With("dim", 1).With("size", 3).With("step", 2).Floats("n=2,8,3"),
        ["MatMulInteger16"] = () => new OneNode("MatMulInteger16").Of<short>("2,3", 1, 2, -300, 4, 500, 6).Of<short>("3,2", 7, 8, -9, 1000, 11, 12),
        ["QLinearWhere"] = () => new OneNode("QLinearWhere").Of("3", true, false, true).Bytes("n=2,3").Of("", 0.02f).Constant().Of("", (byte)100).Constant().Bytes("n=2,3").Of("", 0.03f).Constant().Of("", (byte)3).Constant().Of("", 0.04f).Constant().Of("", (byte)9).Constant(),
        ["QAttention"] = () => new OneNode("QAttention").With("num_heads", 2).Bytes("n=2,s=3,6").Bytes("6,24").Constant().Floats("24").Constant().Of("", 0.01f).Constant().Of("", 0.02f).Constant().Of("n=2,s=3", 1, 1, 0, 1, 1, 1)
            .Of("", (byte)128).Constant().Of("", (byte)120).Constant(),
        ["QEmbedLayerNormalization"] = () => new OneNode("QEmbedLayerNormalization").Of("n=2,s=3", 1, 4, 0, 2, 2, 3).Of("n=2,s=3", 0, 0, 1, 0, 1, 1).Bytes("5,8").Constant().Bytes("7,8").Constant().Bytes("2,8").Constant().Bytes("8").Constant()
            .Bytes("8").Constant().Of("n=2,s=3", 1, 1, 0, 1, 1, 1).Numbers(0.01f, 0.02f, 0.03f, 0.004f, 0.005f).Points(128, 120, 110, 100, 90).Outputs(true, true),
        ["LinearAttentionGate"] = () => new OneNode("LinearAttentionGate").Floats("n=2,s=3,4").Floats("4").Floats("4").Floats("n=2,s=3,4").Outputs(true, true),
        ["GatedRMSNorm"] = () => new OneNode("GatedRMSNorm").With("epsilon", 1e-5f).Floats("n=2,s=3,8").Floats("4").Floats("n=2,s=3,8"),
        ["CropAndResize"] = () => new OneNode("CropAndResize").With("extrapolation_value", 0.5f).Floats("n=2,3,5,6").Of("m=3,4", 0.1f, 0.2f, 0.9f, 1f, 0, 0, 1.5f, 1, 0.7f, 0.8f, 0.3f, 0.1f).Of("m=3", 0, 1, 1).Of("2", 4, 3).Constant(),
        ["CropAndResize to the nearest"] = () => new OneNode("CropAndResize").With("mode", "nearest").Floats("n=2,3,5,6").Of("m=2,4", 0.1f, 0.2f, 0.9f, 1f, 0, 0, 1, 1).Of("m=2", 0, 1).Of("2", 1, 3).Constant(),
        ["DynamicTimeWarping"] = () => new OneNode("DynamicTimeWarping").Floats("n=6,m=9"),
        ["DynamicTimeWarping of a batch of one"] = () => new OneNode("DynamicTimeWarping").Floats("1,n=7,m=4"),
        ["NGramRepeatBlock"] = () => new OneNode("NGramRepeatBlock").With("ngram_size", 3).Of("n=2,s=7", 1L, 2, 3, 4, 1, 2, 0, 5, 6, 1, 5, 6, 5, 6).Floats("n=2,8"),
        ["MurmurHash3"] = () => new OneNode("MurmurHash3").Of("n=4", 3, -7, 0, 123456),
        ["MurmurHash3 with a sign"] = () => new OneNode("MurmurHash3").With("positive", 0).With("seed", 42).Of("n=4", 3, -7, 0, 123456),
        ["MurmurHash3 of texts"] = () => new OneNode("MurmurHash3").Texts("n=4", "cat", "", "a longer text", "gr\u00FCn"),
        ["Tokenizer of characters"] = () => new OneNode("Tokenizer").With("mark", 1).With("mincharnum", 1).With("pad_value", "#").With("separators", (string[])[""]).Texts("n=3", "gr\u00FCn", "a", "abc"),
        ["Tokenizer by separators"] = () => new OneNode("Tokenizer").With("mark", 1).With("mincharnum", 2).With("pad_value", "#").With("separators", (string[])[" ", ";+"]).Texts("n=2,2", "one two;three", " x ; yes", "", "more;;of it"),
        ["Tokenizer by an expression"] = () => new OneNode("Tokenizer").With("mark", 0).With("mincharnum", 2).With("pad_value", "#").With("tokenexp", "[a-z]+").Texts("n=2", "one Two;three", "x yes9no"),
        ["Tokenizer of nothing"] = () => new OneNode("Tokenizer").With("mark", 1).With("mincharnum", 1).With("pad_value", "#").With("separators", (string[])[" "]).Texts("n=2", "", " "),
        ["MatMulBnb4 of NF4"] = () => new OneNode("MatMulBnb4").With("K", 20).With("N", 3).With("block_size", 16).With("quant_type", 1).Floats("n=2,20").Bytes("30").Constant().Floats("4").Constant(),
        ["MatMulBnb4 of FP4"] = () => new OneNode("MatMulBnb4").With("K", 32).With("N", 2).With("block_size", 16).With("quant_type", 0).Floats("n=2,32").Bytes("32").Constant().Floats("4").Constant(),
        ["MatMulNBits whose columns choose their scales"] = () => new OneNode("MatMulNBits").With("K", 40).With("N", 3).With("block_size", 16).With("bits", 4).Floats("n=2,40").Bytes("3,3,8").Constant().Floats("9", 0.1f).Constant()
            .Floats("9", 3).Constant().Of("48", [.. Enumerable.Range(0, 48).Select(i => i * 7 % 3)]).Constant(),
        ["MatMulNBits whose columns choose their scales, without zero points"] = () => new OneNode("MatMulNBits").With("K", 32).With("N", 3).With("block_size", 16).With("bits", 4).Floats("n=2,32").Bytes("3,2,8").Constant().Floats("6", 0.1f).Constant()
            .Absent().Of("32", [.. Enumerable.Range(0, 32).Select(i => i % 2)]).Constant(),
        ["LinearAttention of any size"] = () => new OneNode("LinearAttention").With("q_num_heads", 2).With("kv_num_heads", 2).With("update_rule", "delta").Floats("n=2,s=3,a=8").Floats("n=2,s=3,a=8").Floats("n=2,s=3,b=6")
            .Floats("n=2,2,c=4,d=3").Absent().Floats("n=2,s=3,2").Outputs(true, true),
        ["LinearAttention of any size without a state"] = () => new OneNode("LinearAttention").With("q_num_heads", 2).With("kv_num_heads", 2).With("update_rule", "linear").Floats("n=2,s=3,a=8").Floats("n=2,s=3,a=8").Floats("n=2,s=3,b=6").Outputs(true, true),
        ["MoE"] = () => new OneNode("MoE").With("k", 2).Floats("n=3,4").Floats("n=3,5", 3).Floats("5,6,4").Floats("5,6").Floats("5,4,6").Floats("5,4"),
        ["MoE of shares that sum to 1"] = () => new OneNode("MoE").With("k", 2).With("normalize_routing_weights", 1).With("activation_type", "silu").Floats("2,n=3,4").Floats("6,5", 3).Floats("5,6,4").Absent().Floats("5,4,6"),
        ["MoE with SwiGLU"] = () => new OneNode("MoE").With("k", 1).With("activation_type", "swiglu").With("swiglu_fusion", 1).With("swiglu_limit", 0.4f).With("activation_alpha", 1.702f).With("activation_beta", 1f)
            .Floats("n=3,4").Floats("n=3,5", 3).Floats("5,6,4").Floats("5,6").Floats("5,4,3").Floats("5,4"),
        ["MoE with Gelu"] = () => new OneNode("MoE").With("k", 2).With("activation_type", "gelu").Floats("n=3,4").Floats("n=3,5", 3).Floats("5,6,4", 2).Floats("5,6").Floats("5,4,6").Floats("5,4"),
        ["QMoE"] = () => new OneNode("QMoE").With("k", 2).With("expert_weight_bits", 8).With("activation_type", "silu").Floats("n=3,16").Floats("n=3,5", 3)
            .Bytes("5,32,16").Constant().Floats("5,32", 0.01f).Constant().Floats("5,32").Constant().Bytes("5,16,32").Constant().Floats("5,16", 0.01f).Constant(),
        ["QMoE of 4 bits"] = () => new OneNode("QMoE").With("k", 3).With("expert_weight_bits", 4).With("normalize_routing_weights", 1).With("activation_type", "swiglu").With("swiglu_fusion", 1).Floats("2,n=3,16").Floats("6,5", 3)
            .Bytes("5,64,8").Constant().Floats("5,64", 0.1f).Constant().Floats("5,64").Constant().Bytes("5,16,16").Constant().Floats("5,16", 0.1f).Constant().Floats("5,16").Constant(),
        ["QMoE of blocks with zero points"] = () => new OneNode("QMoE").With("k", 1).With("expert_weight_bits", 4).With("block_size", 16).With("activation_type", "gelu").Floats("n=3,32").Floats("n=3,5", 3)
            .Bytes("5,32,16").Constant().Floats("5,32,2", 0.1f).Constant().Absent().Bytes("5,32,16").Constant().Floats("5,32,2", 0.1f).Constant().Absent(4).Bytes("5,32,1").Constant().Bytes("5,32,1").Constant(),
        ["CausalConvWithState"] = () => new OneNode("CausalConvWithState").With("activation", "silu").Floats("n=2,3,s=5").Floats("3,1,4").Floats("3").Floats("n=2,3,3").Outputs(true, true),
        ["LinearAttention"] = () => LinearAttention("gated_delta").Floats("n=2,s=3,8").Floats("n=2,s=3,2").Outputs(true, true),
        ["LinearAttention without gates"] = () => LinearAttention("linear").Outputs(true, true),
        ["LinearAttention of gates"] = () => LinearAttention("gated").Floats("n=2,s=3,8").Outputs(true, true),
        ["LinearAttention of differences"] = () => LinearAttention("delta").Absent().Floats("n=2,s=3,2").Outputs(true, true),
        ["SampleOp"] = () => new OneNode("SampleOp").Floats("n=3"),
        ["ConvTransposeWithDynamicPads"] = () => new OneNode("ConvTransposeWithDynamicPads").With("strides", (long[])[2, 2]).Floats("1,2,4,4").Floats("2,3,3,3").Of("4", 1L, 0, 1, 1).Constant(),
        ["QLinearConv with channels last"] = () => new OneNode("QLinearConv").With("channels_last", 1).Bytes("1,5,5,2").Numbers(0.01f).Points(120).Bytes("3,2,3,3").Constant().Numbers(0.02f).Points(128).Numbers(0.03f).Points(100),
    };

    private static readonly Dictionary<string, OnnxElementType[]> Types = new()
    {
        ["EmbedLayerNormalization"] = [OnnxElementType.Float, OnnxElementType.Int32],
        ["QEmbedLayerNormalization"] = [OnnxElementType.Float, OnnxElementType.Int32],
        ["QuantizeLinear"] = [OnnxElementType.UInt8],
        ["QLinearWhere"] = [OnnxElementType.UInt8],
        ["Unique"] = [OnnxElementType.Float, OnnxElementType.Int64, OnnxElementType.Int64],
        ["MatMulInteger16"] = [OnnxElementType.Int32],
        ["DynamicTimeWarping"] = [OnnxElementType.Int32],
        ["DynamicTimeWarping of a batch of one"] = [OnnxElementType.Int32],
        ["MurmurHash3"] = [OnnxElementType.UInt32],
        ["MurmurHash3 with a sign"] = [OnnxElementType.Int32],
        ["MurmurHash3 of texts"] = [OnnxElementType.UInt32],
        ["Tokenizer of characters"] = [OnnxElementType.String],
        ["Tokenizer by separators"] = [OnnxElementType.String],
        ["Tokenizer by an expression"] = [OnnxElementType.String],
        ["Tokenizer of nothing"] = [OnnxElementType.String],
        ["QLinearConv with channels last"] = [OnnxElementType.UInt8],
    };

    private static OneNode LinearAttention(string rule) => new OneNode("LinearAttention").With("q_num_heads", 2).With("kv_num_heads", 2).With("update_rule", rule).Floats("n=2,s=3,8").Floats("n=2,s=3,8").Floats("n=2,s=3,6")
        .Floats("n=2,2,4,3");

    public static TheoryData<string> Names => [.. Nodes.Keys.Order(StringComparer.Ordinal)];

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void An_operator_gives_what_ONNX_Runtime_gives(string name) => Nodes[name]().ShouldAgree(types: Types.GetValueOrDefault(name, []));

    [Fact]
    public void Gates_of_experts_may_stand_in_front_of_what_they_let_through()
    {
        OneNode Mixture(int fusion, float[] weights) => new OneNode("MoE").With("k", 1).With("activation_type", "swiglu").With("swiglu_fusion", fusion).Floats("n=3,2").Floats("n=3,1").Of("1,4,2", weights).Absent().Floats("1,2,2");
        var halves = Mixture(2, [1, 2, 3, 4, 5, 6, 7, 8]).Run()[0].As<float>().ToArray();
        halves.ShouldBe(Mixture(1, [1, 2, 5, 6, 3, 4, 7, 8]).Run()[0].As<float>().ToArray());
    }

    [Fact]
    public void Gates_open_for_a_bias_of_positions()
    {
        var y = new OneNode("GatedRelativePositionBias").With("num_heads", 2).Of("1,n=1,4", 1f, 2f, 3f, 4f).Of("4", 0f, 0f, 0f, 0f).Of("1,2,n=1,n=1", 10f, 20f).Of("2,4", 1f, 0f, 0f, 1f, 0f, 1f, 0f, 0f).Of("4", 0f, 0f, 0f, 0f)
            .Of("1,2,1,1", 2f, 3f).Run()[0].As<float>().ToArray();
        double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
        y[0].ShouldBe((float)(10 * ((Sigmoid(3) * ((Sigmoid(1) * 2) - 1)) + 2)), 1e-4f);
        y[1].ShouldBe((float)(20 * ((Sigmoid(7) * ((Sigmoid(3) * 3) - 1)) + 2)), 1e-4f);
    }

    [Fact]
    public void One_input_is_multiplied_by_several_matrices_of_few_bits()
    {
        const string Activation = "n=2,32";
        byte[] Matrix(int seed) => [.. Enumerable.Range(0, 3 * 16).Select(i => (byte)(i * seed))];
        float[] Product(int seed) => [.. new OneNode("MatMulNBits").With("K", 32).With("N", 3).With("block_size", 32).Floats(Activation).Of("3,1,16", Matrix(seed)).Of("3,1", 0.1f, 0.2f, 0.3f).Run()[0].As<float>()];
        var y = new OneNode("MatMulNBitsMlp").With("K", 32).With("N", 3).With("block_size", 32).With("activation", "relu").Floats(Activation).Absent(2).Of("3,1,16", Matrix(7)).Of("3,1", 0.1f, 0.2f, 0.3f).Absent()
            .Of("3,1,16", Matrix(5)).Of("3,1", 0.1f, 0.2f, 0.3f).Absent().Run()[0].As<float>().ToArray();
        y.ShouldBe([.. Product(7).Zip(Product(5), (gate, up) => Math.Max(gate, 0) * up)]);
    }

    [SkippableFact]
    public void DynamicQuantizeLSTM_is_near_to_what_ONNX_Runtime_gives() =>
        new OneNode("DynamicQuantizeLSTM").With("hidden_size", 4).With("direction", "bidirectional").Floats("s=3,n=2,5").Bytes("2,5,16").Constant().Bytes("2,4,16").Constant().Floats("2,32").Constant().Absent(4)
            .Of("2", 0.004f, 0.005f).Constant().Of("2", (byte)128, (byte)120).Constant().Of("2", 0.003f, 0.004f).Constant().Of("2", (byte)128, (byte)130).Constant().Outputs(true, true, true).ShouldAgree(0.02f);
}
