using System.Collections.Generic;
using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The struct by which plain kernels know a sliding window, of up to four spatial axes.</summary>
internal static class WindowLiteral
{
    private const int MostAxes = 4;

    /// <summary>The window over an input.</summary>
    public static StructLiteral Of(Window window, IReadOnlyList<Dim> input) => Of(
        input, window.KernelSizes, window.Output, [.. window.Strides.Select(size => (Dim)size)], [.. window.Dilations.Select(size => (Dim)size)],
        window.PadsBegin);

    /// <summary>A window of given sizes.</summary>
    public static StructLiteral Of(
        IReadOnlyList<Dim> input, IReadOnlyList<Dim> kernel, IReadOnlyList<Dim> output, IReadOnlyList<Dim> strides, IReadOnlyList<Dim> dilations, IReadOnlyList<Dim> pads)
    {
        if (input.Count > MostAxes)
        {
            throw OperatorException.Unsupported($"a window over {input.Count} spatial axes is not supported");
        }

        var fields = new List<Scalar> { input.Count };
        foreach (var (values, filler) in new[] { (input, 1L), (kernel, 1L), (output, 1L), (strides, 1L), (dilations, 1L), (pads, 0L) })
        {
            fields.AddRange(values.Select(value => (Scalar)value));
            fields.AddRange(Enumerable.Repeat((Scalar)filler, MostAxes - values.Count));
        }

        return StructLiteral.Of<WindowShape>(fields);
    }
}
