using System;
using System.Linq;
using Xunit;

namespace ModelBuild.Kernels.Tests;

/// <summary>The instruction sets that this process can run: every kernel test runs its cases on all of them.</summary>
internal static class IsaLevels
{
    public static IsaLevel[] Supported { get; } = [.. Enum.GetValues<IsaLevel>().Where(Isa.Supports)];

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
