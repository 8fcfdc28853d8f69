using System;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace ModelBuild.Compiler.Tests.Properties;

/// <summary>What holds for random cases. The seed is fixed, so that a failure can be repeated; FsCheck prints the case that failed.</summary>
internal static class Property
{
    private const ulong Seed = 20261126;

    // FsCheck asks that it be odd.
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    public static void Holds<T>(Gen<T> cases, Action<T> body, int count = 150)
    {
        var replay = FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, Gamma), FSharpOption<int>.None));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(replay), Prop.ForAll(Arb.From(cases), body));
    }
}
