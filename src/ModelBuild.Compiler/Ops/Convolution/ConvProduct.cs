using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>A convolution as a matrix product: weights [groups, outputs of a group, depth] times what each position sees, [batch, groups, depth, positions].</summary>
internal static class ConvProduct
{
    /// <summary>Emits the product and the sum with the bias.</summary>
    /// <param name="context">The node.</param>
    /// <param name="w">Weights [outputs, depth...].</param>
    /// <param name="columns">What each position sees.</param>
    /// <param name="bias">One value for each output channel, or null.</param>
    /// <param name="y">[batch, outputs, positions...].</param>
    /// <param name="groups">Groups of channels.</param>
    public static void Emit(LowerContext context, Value w, Value columns, Value? bias, Value y, int groups)
    {
        var (batch, outputs, positions) = (y.Type[0], w.Type[0], KernelAxes.Extent(y.Type.Shape, 2, y.Type.Rank));
        var depth = KernelAxes.Extent(w.Type.Shape, 1, w.Type.Rank);
        var batches = new BroadcastLayout([batch, groups], [Dim.One, groups], [batch, groups]).ToStruct<BroadcastShape>();
        var shape = StructLiteral.Of<MatMulShape>(Dim.FloorDiv(outputs, groups), depth, positions);
        var product = bias is null ? y : Value.Of($"{y.Name}_product", y.Type);
        context.Note = $"{groups} x [{Dim.FloorDiv(outputs, groups)},{depth}] x [{depth},{positions}]";
        if (y.Type.Element == ElementType.Float)
        {
            var scratch = context.Temporary(ElementType.Float, (depth + 1) * 16 * Dim.FloorDiv(positions + 15, 16), "packed");
            context.Call(typeof(MatMulF32), nameof(MatMulF32.Run), w, columns, product, scratch, batches, shape);
        }
        else
        {
            context.Call(typeof(Kernels.MatMul), nameof(Kernels.MatMul.Run), w, columns, product, batches, shape);
        }

        if (bias is not null)
        {
            context.Call(typeof(ConvPlain), nameof(ConvPlain.AddBias), product, bias, y, batch * outputs, positions);
        }
    }
}
