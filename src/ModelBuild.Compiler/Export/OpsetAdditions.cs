using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Export;

/// <summary>
/// What an operator set added to operators whose form stayed as it was: attributes, inputs and element types that the sets before refuse. A node of a model has only what its
/// set knows; one that we made may have all of it. Source: the operators' changelog, https://onnx.ai/onnx/operators/.
/// </summary>
internal static class OpsetAdditions
{
    private static readonly Dictionary<string, OpsetAddition[]> Additions = new()
    {
        ["Add"] = [Types(14, IsShort)],
        ["ArgMax"] = [NegativeAxis, Attribute(12, "select_last_index")],
        ["ArgMin"] = [NegativeAxis, Attribute(12, "select_last_index")],
        ["Attention"] = [Inputs(24, 6), Attribute(25, "left_window_size", "right_window_size")],
        ["AveragePool"] = [Attribute(7, "count_include_pad"), Attribute(10, "ceil_mode"), Attribute(19, "dilations")],
        ["BatchNormalization"] = [Attribute(14, "training_mode")],
        ["Cast"] = [Attribute(19, "saturate"), Attribute(24, "round_mode")],
        ["CastLike"] = [Attribute(19, "saturate"), Attribute(24, "round_mode")],
        ["Celu"] = [Types(28, type => type != ElementType.Float)],
        ["Clip"] = [Types(12, IsInteger)],
        ["Compress"] = [NegativeAxis],
        ["Concat"] = [NegativeAxis],
        ["CumSum"] = [Types(14, type => type == ElementType.Float16)],
        ["DepthToSpace"] = [Attribute(11, "mode")],
        ["Div"] = [Types(14, IsShort)],
        ["Equal"] = [Types(11, type => type is not (ElementType.Bool or ElementType.Int32 or ElementType.Int64)), Types(19, type => type == ElementType.String)],
        ["Flatten"] = [Types(9, type => !IsFloat(type)), NegativeAxis],
        ["Gather"] = [NegativeAxis],
        ["GatherND"] = [Attribute(12, "batch_dims")],
        ["Gemm"] = [Types(9, IsInteger), Optional(11, 2)],
        ["Greater"] = [Types(9, IsInteger)],
        ["GRU"] = [Attribute(3, "linear_before_reset"), Attribute(14, "layout")],
        ["IsInf"] = [Types(20, type => type is not (ElementType.Float or ElementType.Double))],
        ["LayerNormalization"] = [Anything(17)],
        ["Less"] = [Types(9, IsInteger)],
        ["LpPool"] = [Attribute(18, "ceil_mode", "dilations")],
        ["LSTM"] = [Attribute(14, "layout")],
        ["MatMul"] = [Types(9, IsInteger)],
        ["Max"] = [Broadcast, Types(12, IsInteger)],
        ["MaxPool"] = [Attribute(8, "storage_order"), Outputs(8, 1), Attribute(10, "ceil_mode", "dilations"), Types(12, IsInteger)],
        ["Mean"] = [Broadcast],
        ["Min"] = [Broadcast, Types(12, IsInteger)],
        ["Mul"] = [Types(14, IsShort)],
        ["Pad"] = [Types(13, type => type is ElementType.Bool or ElementType.String), Mode(19, "mode", "wrap"), Inputs(18, 3)],
        ["Pow"] = [Types(12, IsInteger)],
        ["PRelu"] = [Types(9, IsInteger)],
        ["Range"] = [Types(27, type => type == ElementType.Float16), Attribute(27, "stash_type")],
        ["ReduceMax"] = [Types(12, IsByte), Types(20, type => type == ElementType.Bool)],
        ["ReduceMin"] = [Types(12, IsByte), Types(20, type => type == ElementType.Bool)],
        ["Relu"] = [Types(14, IsInteger)],
        ["Reshape"] = [Attribute(14, "allowzero")],
        ["Resize"] = [Attribute(18, "axes", "antialias", "keep_aspect_ratio_policy"), Mode(19, "coordinate_transformation_mode", "half_pixel_symmetric")],
        ["RNN"] = [Attribute(14, "layout")],
        ["RoiAlign"] = [Attribute(16, "coordinate_transformation_mode")],
        ["ScatterElements"] = [Attribute(16, "reduction"), Mode(18, "reduction", "max", "min")],
        ["ScatterND"] = [Attribute(16, "reduction"), Mode(18, "reduction", "max", "min")],
        ["Shape"] = [Attribute(15, "start", "end")],
        ["Split"] = [NegativeAxis],
        ["Sub"] = [Types(14, IsShort)],
        ["Sum"] = [Broadcast],
        ["TopK"] = [NegativeAxis, Attribute(11, "largest", "sorted"), Types(11, IsInteger)],
    };

    // What took bfloat16 later than with operator set 13.
    private static readonly Dictionary<int, HashSet<string>> LateBFloat16 = new()
    {
        [14] = ["BatchNormalization", "CumSum"],
        [16] = ["GreaterOrEqual", "LeakyRelu", "LessOrEqual", "PRelu", "Where"],
        [20] = ["IsInf"],
        [22] =
        [
            "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "AveragePool", "Bernoulli", "Conv", "ConvTranspose", "Cos", "Cosh", "DeformConv", "Det", "Elu", "EyeLike",
            "GlobalAveragePool", "GlobalLpPool", "GlobalMaxPool", "GridSample", "GRU", "HardSigmoid", "HardSwish", "InstanceNormalization", "LpNormalization", "LpPool", "LSTM", "MaxPool",
            "MaxRoiPool", "MaxUnpool", "Mish", "Multinomial", "NegativeLogLikelihoodLoss", "RandomNormalLike", "RandomUniformLike", "RNN", "RoiAlign", "Round", "Selu", "Sin", "Sinh",
            "Softplus", "Softsign", "Tan", "ThresholdedRelu",
        ],
        [24] = ["SplitToSequence", "TopK"],
        [27] = ["Range"],
        [28] = ["Celu"],
    };

    private static OpsetAddition NegativeAxis => new(11, node => node.Attributes.Get("axis", 0L) < 0);

    private static OpsetAddition Broadcast => new(8, node => node.Inputs.Any(input => !input!.Type.Shape.SequenceEqual(node.Inputs[0]!.Type.Shape)));

    /// <summary>The oldest operator set that has all that the node has, of those after <paramref name="version"/> of its operator.</summary>
    public static long OldestFor(Node node, long version)
    {
        var added = Additions.GetValueOrDefault(node.Op.Name, []).Where(addition => addition.Version > version && addition.Version <= node.Version && addition.IsUsed(node)).Select(addition => addition.Version);
        var brief = node.Version >= 13 && HasType(node, type => type == ElementType.BFloat16) ? LateBFloat16.Where(pair => pair.Value.Contains(node.Op.Name)).Select(pair => pair.Key).DefaultIfEmpty(13) : [];
        return added.Concat(brief).Select(added => (long)added).Append(version).Max();
    }

    // Before, ONNX Runtime alone knew it.
    private static OpsetAddition Anything(int version) => new(version, _ => true);

    private static OpsetAddition Attribute(int version, params string[] names) => new(version, node => names.Any(node.Attributes.Has));

    private static OpsetAddition Mode(int version, string name, params string[] values) => new(version, node => values.Contains(node.Attributes.Get(name, string.Empty)));

    private static OpsetAddition Inputs(int version, int position) => new(version, node => node.Inputs.Skip(position).Any(input => input is not null));

    private static OpsetAddition Outputs(int version, int position) => new(version, node => node.Outputs.Skip(position).Any(output => output is not null));

    // An input that may be absent since.
    private static OpsetAddition Optional(int version, int last) => new(version, node => Enumerable.Range(0, last + 1).Any(position => node.Input(position) is null));

    private static OpsetAddition Types(int version, Func<ElementType, bool> isAdded) => new(version, node => HasType(node, isAdded));

    // Of the first input: where the others may have another type, that is an index or a size, or follows it.
    private static bool HasType(Node node, Func<ElementType, bool> test) => node.Input(0) is { } input && test(input.Type.Element);

    private static bool IsFloat(ElementType type) => type is ElementType.Float or ElementType.Double or ElementType.Float16;

    private static bool IsByte(ElementType type) => type is ElementType.Int8 or ElementType.UInt8;

    private static bool IsShort(ElementType type) => IsByte(type) || type is ElementType.Int16 or ElementType.UInt16;

    private static bool IsInteger(ElementType type) => IsShort(type) || type is ElementType.Int32 or ElementType.UInt32 or ElementType.Int64 or ElementType.UInt64;

    /// <summary>Something that an operator set added to an operator.</summary>
    /// <param name="Version">The operator set.</param>
    /// <param name="IsUsed">Whether a node has it.</param>
    private sealed record OpsetAddition(int Version, Func<Node, bool> IsUsed);
}
