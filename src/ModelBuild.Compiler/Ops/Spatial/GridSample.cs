using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// x at the positions of a grid, in two or three spatial dimensions. https://onnx.ai/onnx/operators/onnx__GridSample.html
/// Versions: 16 (two dimensions), 20 (any number; here three at most), 22 (bfloat16). Integers are interpolated as 64-bit floats and cut to integers; other types have a
/// nearest element only.
/// </summary>
internal sealed class GridSample : Op
{
    private static readonly string[] Paddings = ["zeros", "border", "reflection"];

    public override IReadOnlyList<int> Versions => [16, 20, 22];

    public override bool TryExpand(FunctionContext context)
    {
        var (x, grid) = (context.Require(0), context.Require(1));
        var isNarrow = x.Type.Element is ElementType.Float or ElementType.Float16 or ElementType.BFloat16;
        if (isNarrow ? grid.Type.Element != ElementType.Double : x.Type.Element == ElementType.Double && grid.Type.Element == ElementType.Double)
        {
            return false;
        }

        var positions = context.As(grid, ElementType.Double);
        if (x.Type.Element.IsFloatingPoint() || (x.Type.Element.IsNumber() && context.Attributes.Get("mode", "linear") != "nearest"))
        {
            context.Output(0, context.As(context.Again(this, context.As(x, ElementType.Double), positions)[0]!, x.Type.Element));
            return true;
        }

        if (context.Attributes.Get("mode", "linear") != "nearest")
        {
            throw OperatorException.Unsupported($"interpolation of {x.Type.Element.ShortName()} is not supported");
        }

        context.Output(0, Places.Moved(context, x, ElementType.Double, places => context.Again(this, places, positions)[0]!, Places.Nothing(x.Type.Element)));
        return true;
    }

    public override void Infer(InferContext context)
    {
        var (x, grid) = (context.Type(0), context.Type(1));
        if (x.Rank is < 4 or > 5 || grid.Rank != x.Rank || !context.HasSize(1, -1, x.Rank - 2))
        {
            throw new OperatorException($"{x} cannot be sampled at {grid}: only two and three spatial dimensions are supported");
        }

        context.Output(0, x.With([x[0], x[1], .. grid.Shape.Skip(1).Take(x.Rank - 2)]));
    }

    public override void Lower(LowerContext context)
    {
        var (x, grid, a) = (context.Input(0), context.Input(1).Type, context.Attributes);
        var mode = a.Get("mode", context.Node.Version < 20 ? "bilinear" : "linear") switch
        {
            "nearest" => 0,
            "linear" or "bilinear" => 1,
            "cubic" or "bicubic" => 2,
            var other => throw new OperatorException($"mode=\"{other}\" is none of nearest, linear and cubic"),
        };
        var padding = Array.IndexOf(Paddings, a.Get("padding_mode", "zeros")) is var found and >= 0 ? found : throw new OperatorException($"padding_mode is none of {string.Join(", ", Paddings)}");
        var shape = x.Type.Shape;
        var rank = shape.Count - 2;
        void Call(Value from, Value positions, Value y) => context.Call(
            typeof(Kernels.GridSample), nameof(Kernels.GridSample.Run), from, positions, y, shape[0], shape[1], rank == 3 ? shape[2] : 1, shape[^2], shape[^1],
            KernelAxes.Extent(grid.Shape, 1, grid.Rank - 1), rank, mode, padding, a.Flag("align_corners"));
        if (x.Type.Element == ElementType.Double)
        {
            Call(x, context.Input(1), context.Output);
            return;
        }

        FloatArithmetic.Lower(context, [x, context.Input(1)], context.Output, (wide, y) => Call(wide[0], wide[1], y));
    }
}
