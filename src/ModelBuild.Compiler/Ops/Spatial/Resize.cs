using System;
using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// Another size along some axes, by interpolation. https://onnx.ai/onnx/operators/onnx__Resize.html
/// Versions: 10 (scales), 11 (sizes, all modes), 13, 18 (antialias, axes, policies), 19 (half_pixel_symmetric). Computed axis by axis.
/// </summary>
internal sealed class Resize : FunctionOp
{
    private static readonly string[] Modes = ["nearest", "linear", "cubic"];
    private static readonly string[] Coordinates = ["half_pixel", "half_pixel_symmetric", "pytorch_half_pixel", "align_corners", "asymmetric", "tf_half_pixel_for_nn", "tf_crop_and_resize"];
    private static readonly string[] Roundings = ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"];
    private static readonly string[] Policies = ["stretch", "not_larger", "not_smaller"];

    public override IReadOnlyList<int> Versions => [10, 11, 13, 18, 19];

    public override void Expand(FunctionContext f)
    {
        var a = f.Attributes;
        var filter = Attributes.Of(
            ("mode", Number(Modes, a.Get("mode", "nearest"))),
            ("coordinates", f.Version < 11 ? 4 : Number(Coordinates, a.Get("coordinate_transformation_mode", "half_pixel"))),
            ("rounding", f.Version < 11 ? 2 : Number(Roundings, a.Get("nearest_mode", "round_prefer_floor"))),
            ("cubic", a.Get("cubic_coeff_a", -0.75f)), ("exclude", a.Get("exclude_outside", 0L)), ("antialias", a.Get("antialias", 0L)), ("outside", a.Get("extrapolation_value", 0f)));
        var (scales, sizes) = f.Version < 11 ? (f.Require(1), null) : (Given(f, 2), Given(f, 3));
        f.Output(0, Along(f, f.Require(0), a.Ints("axes"), scales, sizes, f.Version < 11 ? null : Given(f, 1), Number(Policies, a.Get("keep_aspect_ratio_policy", "stretch")), filter));
    }

    /// <summary>The attributes of a Resize that steps along axes were made of.</summary>
    public static Attributes AttributesOf(Attributes step)
    {
        var attributes = Attributes.Of(
            ("mode", Modes[step.Int("mode", 0)]), ("coordinate_transformation_mode", Coordinates[step.Int("coordinates", 0)]), ("nearest_mode", Roundings[step.Int("rounding", 0)]),
            ("cubic_coeff_a", step.Get("cubic", -0.75f)), ("exclude_outside", step.Get("exclude", 0L)), ("extrapolation_value", step.Get("outside", 0f)));
        return step.Flag("antialias") ? attributes.With("antialias", 1) : attributes;
    }

    /// <summary>The name of a policy of sizes.</summary>
    public static string PolicyOf(int policy) => Policies[policy];

    /// <summary>Resizes along all axes that change.</summary>
    public static Value Along(FunctionContext f, Value x, long[]? given, Value? scales, Value? sizes, Value? roi, long policy, Attributes filter)
    {
        if (!x.Type.Element.IsNumber())
        {
            return OfAnyType(f, x, given, scales, sizes, roi, policy, filter);
        }

        var rank = x.Type.Rank;
        int[] axes = given is null ? [.. Enumerable.Range(0, rank)] : [.. given.Select(axis => InferContext.Axis(axis, rank))];
        if ((scales ?? sizes ?? throw new OperatorException("neither scales nor sizes are given")).Type is not { Rank: 1 } type || !type[0].Equals(axes.Length))
        {
            throw new OperatorException($"{(scales ?? sizes)!.Type} has not one number for each of {axes.Length} axes");
        }

        roi = roi is null || filter.Int("coordinates", 0) != 6 ? null : roi.Type.Element == ElementType.Float ? roi : f.Add("Cast", Attributes.Of(("to", (long)ElementType.Float)), roi);
        var plan = f.AddAll($"{OwnDomain}.{nameof(ResizeSizes)}", 2, Attributes.Of(("policy", policy)), f.ShapeOf(x), f.Constant([.. axes.Select(axis => (long)axis)]), scales, sizes);
        for (var i = 0; i < axes.Length; i++)
        {
            var isWhole = scales?.Constant is { } factors ? factors.As<float>()[i] == 1 : sizes?.Elements is { } wanted && policy == 0 && wanted[i].Equals(x.Type[axes[i]]);
            if (isWhole && filter.Int("coordinates", 0) != 6)
            {
                continue;
            }

            // The roi has numbers for the axes that are given; the kernel looks them up by axis.
            var ends = roi is null ? null : given is null ? roi : Spread(f, roi, axes, rank);
            x = f.Add($"{OwnDomain}.{nameof(ResizeAlong)}", filter.With("axis", axes[i]), x, plan[0], plan[1], ends);
        }

        return x;
    }

    // What cannot be interpolated has a nearest element nevertheless.
    private static Value OfAnyType(FunctionContext f, Value x, long[]? given, Value? scales, Value? sizes, Value? roi, long policy, Attributes filter)
    {
        var element = x.Type.Element;
        if (filter.Int("mode", 0) != 0)
        {
            throw OperatorException.Unsupported($"interpolation of {element.ShortName()} is not supported");
        }

        var outside = filter.Get("outside", 0f) == 0 ? Places.Nothing(element) : element == ElementType.Bool ? Tensor.Scalar(true).Reshaped(1)
            : throw OperatorException.Unsupported($"extrapolation_value of {element.ShortName()} is not supported");
        return Places.Moved(f, x, ElementType.Int64, places => Along(f, places, given, scales, sizes, roi, policy, filter.With("outside", 0f)), outside);
    }

    private static Value? Given(FunctionContext f, int input) => f.Input(input) is { } value && !value.Type.Length.Equals(Dim.Zero) ? value : null;

    private static Value Spread(FunctionContext f, Value roi, int[] axes, int rank)
    {
        // Axes that are not given begin at 0 and end at 1.
        var all = f.Add("Concat", Attributes.Of(("axis", 0)), roi, f.Constant(Tensor.Of<float>([0f, 1f], 2)));
        long Place(int axis, int end) => Array.IndexOf(axes, axis) is var i and >= 0 ? i + (end * axes.Length) : (2 * axes.Length) + end;
        return f.Add("Gather", all, f.Constant([.. Enumerable.Range(0, 2 * rank).Select(i => Place(i % rank, i / rank))]));
    }

    private static long Number(string[] names, string name) => Array.IndexOf(names, name) is var number and >= 0 ? number : throw new OperatorException($"\"{name}\" is none of {string.Join(", ", names)}");
}
