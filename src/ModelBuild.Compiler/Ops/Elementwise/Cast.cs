using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x as another element type. https://onnx.ai/onnx/operators/onnx__Cast.html
/// Versions: 1 (to is a string), 6 (to is a number), 9 (strings), 13, 19, 21, 23, 24, 25 (more types).
/// Rejected: element types without a place in memory. The attributes saturate and round_mode concern those types only.
/// </summary>
internal sealed class Cast : Op
{
    public override IReadOnlyList<int> Versions => [1, 6, 9, 13, 19, 21, 23, 24, 25];

    public override void Infer(InferContext context) => Infer(context, Target(context));

    public override void Lower(LowerContext context) => Emit(context, context.Input(0), context.Output);

    /// <summary>Gives the output its type; sizes stay known as long as they are integers.</summary>
    internal static void Infer(InferContext context, ElementType to)
    {
        var x = context.Type(0);
        context.Output(0, x.With(to), to is ElementType.Int64 or ElementType.Int32 && x.Element.IsInteger() ? context.Elements(0) : null);
    }

    /// <summary>Emits the conversion.</summary>
    internal static void Emit(LowerContext context, Value x, Value y)
    {
        if (x.Type.Element == y.Type.Element)
        {
            context.Alias(y, x);
            return;
        }

        var method = x.Type.Element == ElementType.Bool ? nameof(Kernels.Cast.FromBool)
            : y.Type.Element == ElementType.Bool ? nameof(Kernels.Cast.ToBool)
            : nameof(Kernels.Cast.Run);
        context.Call(typeof(Kernels.Cast), method, x, y);
    }

    private static ElementType Target(InferContext context)
    {
        if (context.Version < 6)
        {
            throw OperatorException.Unsupported("Cast is supported from operator set 6 on");
        }

        var to = (ElementType)context.Attributes.Require<long>("to");
        return to.IsSupported() ? to : throw OperatorException.Unsupported($"Cast to {to} is not supported");
    }
}
