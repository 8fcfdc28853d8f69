using System;
using System.Linq;
using Xunit;

namespace ModelBuild.Kernels.Tests;

/// <summary>The instruction sets that this process can run: every kernel test runs its cases on all of them.</summary>
internal static class IsaLevels
{
    public static IsaLevel[] Supported { get; } = [.. Enum.GetValues<IsaLevel>().Where(Isa.Supports)];

    /// <summary>
    /// Vector levels that a process might change between in the course of a call, the lower one first: those that read the same inputs. Precompiled programs come to AVX-512 so.
    /// </summary>
    public static (IsaLevel From, IsaLevel To)[] Changes { get; } =
    [
        .. from lower in Supported
           from higher in Supported
           where lower > IsaLevel.Plain && lower < higher && TileInt8.InputBytes(lower) == TileInt8.InputBytes(higher)
           select (lower, higher),
    ];

    /// <summary><see cref="Supported"/> as theory data.</summary>
    public static TheoryData<int> Theory
    {
        get
        {
            var data = new TheoryData<int>();
            foreach (var level in Supported)
            {
                data.Add((int)level);
            }

            return data;
        }
    }
}
