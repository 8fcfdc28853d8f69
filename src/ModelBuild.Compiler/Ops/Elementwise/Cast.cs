using System.Collections.Generic;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Onnx;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = x as another element type. https://onnx.ai/onnx/operators/onnx__Cast.html
/// Versions: 1 (to is a string), 6 (to is a number), 9 (strings), 13, 19, 21, 23, 24, 25 (more types).
/// Texts: see <see cref="CastText"/>. The attributes saturate and round_mode concern the types of few bits only.
/// </summary>
internal sealed class Cast : Op
{
    private static readonly string[] RoundModes = ["up", "down", "nearest"];

    public override IReadOnlyList<int> Versions => [1, 6, 9, 13, 19, 21, 23, 24, 25];

    public override bool TryExpand(FunctionContext context) => TryExpand(context, Target(context.Attributes, context.Version));

    public override void Infer(InferContext context) => Infer(context, Target(context.Attributes, context.Version));

    public override void Lower(LowerContext context) => Emit(context);

    /// <summary>Between texts and types of few bits stand numbers of a usual type.</summary>
    internal static bool TryExpand(FunctionContext context, ElementType to)
    {
        var from = context.Type(0).Element;
        if (!(from == ElementType.String && to.IsNarrow()) && !(from.IsNarrow() && to == ElementType.String))
        {
            return false;
        }

        var between = from.IsNarrowInteger() || to.IsNarrowInteger() ? ElementType.Int64 : ElementType.Float;
        var number = from == ElementType.String ? context.Read(context.Require(0), between) : context.As(context.Require(0), between);
        context.Output(0, context.Add("Cast", context.Attributes.With("to", (long)to), number));
        return true;
    }

    /// <summary>Gives the output its type; sizes stay known as long as they are integers.</summary>
    internal static void Infer(InferContext context, ElementType to)
    {
        var x = context.Type(0);
        if (x.Element.IsComplex() || to.IsComplex())
        {
            throw new OperatorException($"{x} cannot be cast to {to.ShortName()}: ONNX casts no complex numbers");
        }

        context.Output(0, x.With(to), to is ElementType.Int64 or ElementType.Int32 && x.Element.IsInteger() ? context.Elements(0) : null);
    }

    /// <summary>Emits the conversion of the first input, which may be from or to texts.</summary>
    internal static void Emit(LowerContext context)
    {
        var (x, y) = (context.Input(0), context.Output);
        switch (x.Type.Element, y.Type.Element)
        {
            case (ElementType.String, ElementType.String):
                context.Alias(y, x);
                break;
            case (ElementType.String, var to):
                context.Call(typeof(CastText), to == ElementType.Bool ? nameof(CastText.FromTextToBool) : nameof(CastText.FromText), x, y);
                break;
            case (var from, ElementType.String):
                context.Call(typeof(CastText), from == ElementType.Bool ? nameof(CastText.BoolToText) : nameof(CastText.ToText), x, y);
                break;
            default:
                Emit(context, x, y);
                break;
        }
    }

    /// <summary>Emits the conversion of numbers.</summary>
    internal static void Emit(LowerContext context, Value x, Value y)
    {
        if (x.Type.Element == y.Type.Element)
        {
            context.Alias(y, x);
            return;
        }

        var (from, to) = (x.Type.Element, y.Type.Element);
        if (from.IsNarrow() || to.IsNarrow())
        {
            EmitNarrow(context, x, y);
            return;
        }

        var method = from == ElementType.Bool ? nameof(Kernels.Cast.FromBool)
            : to == ElementType.Bool ? nameof(Kernels.Cast.ToBool)
            : nameof(Kernels.Cast.Run);
        context.Call(typeof(Kernels.Cast), method, x, y);
    }

    private static void EmitNarrow(LowerContext context, Value x, Value y)
    {
        var (from, to) = (x.Type.Element, y.Type.Element);
        var saturates = context.Attributes.Flag("saturate", true);
        if (to == ElementType.Float8E8M0 && !from.IsNarrow() && from != ElementType.Bool)
        {
            var mode = System.Array.IndexOf(RoundModes, context.Attributes.Get("round_mode", "up"));
            context.Call(typeof(CastNarrow), nameof(CastNarrow.ToPower), x, y, saturates, mode < 0 ? throw new OperatorException("round_mode is none of up, down and nearest") : mode);
        }
        else if (from == ElementType.Bool)
        {
            context.Call(typeof(CastNarrow), nameof(CastNarrow.NarrowBool), x, y);
        }
        else if (from.IsInteger() && to.IsNarrowInteger())
        {
            context.Call(typeof(CastNarrow), nameof(CastNarrow.NarrowInteger), x, y);
        }
        else if (!from.IsNarrow())
        {
            context.Call(typeof(CastNarrow), nameof(CastNarrow.Narrow), x, y, saturates);
        }
        else if (to.IsNarrow())
        {
            context.Call(typeof(CastNarrow), nameof(CastNarrow.Convert), x, y, saturates);
        }
        else
        {
            context.Call(typeof(CastNarrow), to == ElementType.Bool ? nameof(CastNarrow.WidenToBool) : nameof(CastNarrow.Widen), x, y);
        }
    }

    private static ElementType Target(Attributes attributes, int version)
    {
        // Before version 6 the type was given by its name.
        var to = version < 6 ? (ElementType)(int)System.Enum.Parse<OnnxElementType>(attributes.Require<string>("to"), ignoreCase: true) : (ElementType)attributes.Require<long>("to");
        return to.IsSupported() ? to : throw OperatorException.Unsupported($"Cast to {to} is not supported");
    }
}
