using System;

namespace ModelBuild.Kernels;

/// <summary>Puts a row in its place among others: what a loop collects.</summary>
internal static class StoreRow
{
    /// <summary>Copies <paramref name="row"/> to where row <paramref name="index"/> of <paramref name="rows"/> lies.</summary>
    /// <param name="row">Any number of values.</param>
    /// <param name="rows">A multiple of that number.</param>
    /// <param name="index">Which row, from 0.</param>
    public static void Run<T>(ReadOnlySpan<T> row, Span<T> rows, int index) => row.CopyTo(rows.Slice(index * row.Length, row.Length));
}
