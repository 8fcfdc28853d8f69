using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// y = condition ? a : b, all three broadcast against each other. https://onnx.ai/onnx/operators/onnx__Where.html
/// Versions: 9, 16 (bfloat16).
/// </summary>
internal sealed class Where : Op
{
    public override IReadOnlyList<int> Versions => [9, 16];

    public override void Infer(InferContext context)
    {
        var (condition, a, b) = (context.Type(0), context.Type(1), context.Type(2));
        if (condition.Element != ElementType.Bool || a.Element != b.Element)
        {
            throw new OperatorException($"Where takes a condition and two operands of one type, not {condition}, {a} and {b}");
        }

        var shape = Broadcast.Shape(condition.Shape, a.Shape, b.Shape);
        context.Output(0, new TensorType(a.Element, shape), Elements(context, shape.Count));
    }

    public override void Lower(LowerContext context)
    {
        var (condition, a, b, y) = (context.Input(0), context.Input(1), context.Input(2), context.Output);
        if (new[] { condition, a, b }.All(value => value.Type.Shape.SequenceEqual(y.Type.Shape)))
        {
            context.Call(typeof(Kernels.Where), nameof(Kernels.Where.Run), condition, a, b, y);
            return;
        }

        Broadcast.Check(context, y.Type.Shape, condition.Type.Shape, a.Type.Shape, b.Type.Shape);
        var layout = new BroadcastLayout(y.Type.Shape, condition.Type.Shape, a.Type.Shape, b.Type.Shape);
        context.Call(typeof(Kernels.Where), nameof(Kernels.Where.RunBroadcast), condition, a, b, y, layout.ToStruct<SelectShape>());
    }

    private static Dim[]? Elements(InferContext context, int rank)
    {
        var condition = context.Elements(0) ?? Truths(context.Input(0)?.Constant);
        if (rank > 1 || condition is null || context.Elements(1) is not { } a || context.Elements(2) is not { } b || !condition.All(element => element.IsConstant))
        {
            return null;
        }

        IReadOnlyList<Dim>[] all = [condition, a, b];
        var count = all.Any(elements => elements.Count == 0) ? 0 : all.Max(elements => elements.Count);
        Dim At(IReadOnlyList<Dim> elements, int index) => elements[elements.Count == 1 ? 0 : index];
        return [.. Enumerable.Range(0, count).Select(i => At(condition, i).Equals(Dim.One) ? At(a, i) : At(b, i))];
    }

    private static IReadOnlyList<Dim>? Truths(Tensor? constant) =>
        constant is { Dims.Count: <= 1, Length: <= 64 } ? [.. constant.As<bool>().ToArray().Select(truth => (Dim)(truth ? 1 : 0))] : null;
}
