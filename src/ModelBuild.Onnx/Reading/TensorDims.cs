using System;
using System.Collections.Generic;

namespace ModelBuild.Onnx.Reading;

/// <summary>What must hold for the dimensions of a stored tensor.</summary>
internal static class TensorDims
{
    // No operator of ONNX needs more than a handful; the list is printed in messages and multiplied by everyone.
    private const int HighestRank = 64;

    /// <summary>What is wrong with <paramref name="dims"/>, or null and the number of elements.</summary>
    public static string? Problem(IReadOnlyList<long> dims, out long count)
    {
        count = 1;
        if (dims.Count > HighestRank)
        {
            return $"more than {HighestRank} dimensions";
        }

        bool empty = false;
        foreach (long dim in dims)
        {
            if (dim < 0)
            {
                return "a stored tensor cannot have a negative dimension";
            }

            empty |= dim == 0;
        }

        if (empty)
        {
            count = 0;
            return null;
        }

        foreach (long dim in dims)
        {
            Int128 product = (Int128)count * dim;
            if (product > long.MaxValue)
            {
                return "their product does not fit in 64 bits";
            }

            count = (long)product;
        }

        return null;
    }

    /// <summary>The dims for messages, separated by x; long lists are cut.</summary>
    public static string Display(IReadOnlyList<long> dims)
    {
        const int Shown = 8;
        var parts = new List<string>();
        for (int i = 0; i < dims.Count && i < Shown; i++)
        {
            parts.Add(dims[i].ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (dims.Count > Shown)
        {
            parts.Add("...");
        }

        return string.Join('x', parts);
    }
}
