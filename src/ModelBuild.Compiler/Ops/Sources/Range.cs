using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.Diagnostics;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y[i] = start + i * delta, up to but without the limit. https://onnx.ai/onnx/operators/onnx__Range.html
/// Versions: 11, 27 (float16, bfloat16).
/// </summary>
internal sealed class Range : Op
{
    private const int LongestElements = 64;

    public override IReadOnlyList<int> Versions => [11, 27];

    /// <summary>Where a run decides how many there are, and for types without a kernel, indices are counted and then scaled.</summary>
    public override bool TryExpand(FunctionContext context)
    {
        var (start, limit, delta) = (context.Require(0), context.Require(1), context.Require(2));
        var element = start.Type.Element;
        var isPlain = element is ElementType.Float or ElementType.Double
            ? start.IsConstant && limit.IsConstant && delta.IsConstant
            : element is ElementType.Int32 or ElementType.Int64 && delta.Elements is [{ IsConstant: true }];
        if (isPlain)
        {
            return false;
        }

        // 16-bit types are computed in wider ones, and only the result is rounded.
        var type = element.IsHalf() ? ElementType.Float : element.IsInteger() ? ElementType.Int64 : element;
        Value[] wide = [.. new[] { start, limit, delta }.Select(value => context.As(value.Type.Rank == 0 ? value : context.Add("Reshape", value, context.Constant()), type))];
        var distance = context.Add("Sub", wide[1], wide[0]);
        if (element.IsInteger())
        {
            // Rounded up: the last step may go beyond the limit.
            distance = context.Add("Add", distance, context.Add("Sub", wide[2], context.Add("Sign", wide[2])));
        }

        var steps = context.Add("Div", distance, wide[2]);
        var count = context.As(context.Add("Max", element.IsInteger() ? steps : context.Add("Ceil", steps), 0), ElementType.Int64);
        var indices = context.Add(Name, context.Constant(Tensor.Scalar(0L)), count, context.Constant(Tensor.Scalar(1L)));
        context.Output(0, context.As(context.Add("Add", context.Add("Mul", context.As(indices, type), wide[2]), wide[0]), element));
        return true;
    }

    public override void Infer(InferContext context)
    {
        var element = context.Type(0).Element;
        if (element is ElementType.Float or ElementType.Double)
        {
            var (start, limit, delta) = (Number(context.RequireConstant(0)), Number(context.RequireConstant(1)), Number(context.RequireConstant(2)));
            context.Output(element, Count(Math.Ceiling((limit - start) / delta)));
            return;
        }

        if (element is not (ElementType.Int32 or ElementType.Int64))
        {
            throw ElementKinds.Unsupported(Name, element);
        }

        var (first, end, step) = (context.RequireElement(0), context.RequireElement(1), Step(context));
        var length = Dim.Max(step > 0 ? Dim.CeilDiv(end - first, step) : Dim.CeilDiv(first - end, -step), Dim.Zero);
        var elements = length.IsConstant && length.Constant <= LongestElements
            ? Enumerable.Range(0, (int)length.Constant).Select(i => first + (i * step)).ToArray()
            : null;
        context.Output(0, TensorType.Of(element, length), elements);
    }

    public override void Lower(LowerContext context)
    {
        var (start, delta) = (context.Input(0), context.Input(2));
        var type = start.Type.Element;
        Scalar first = type is ElementType.Float or ElementType.Double ? ConstantScalar.Of(start.Constant, type) : start.Elements![0];
        context.Call(typeof(NumberRange), nameof(NumberRange.Run), context.Output, first, ConstantScalar.Of(delta.Constant, type));
    }

    private static double Number(Tensor scalar) => scalar.Type == ElementType.Float ? scalar.As<float>()[0] : scalar.As<double>()[0];

    private static long Count(double count) => count is >= 0 and <= int.MaxValue ? (long)count
        : count < 0 ? 0
        : throw new OperatorException("the range never ends");

    private static long Step(InferContext context) => context.RequireElement(2) switch
    {
        { IsConstant: true, Constant: not 0 } step => step.Constant,
        { IsConstant: true } => throw new OperatorException("the delta is 0"),
        _ => throw new OperatorException("the delta depends on sizes", null, OperatorDiagnostics.DataDependent),
    };
}
