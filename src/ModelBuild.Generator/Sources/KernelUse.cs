using System.Collections.Generic;
using System.Linq;
using ModelBuild.Generator.Reading;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Sources;

/// <summary>Which files of the kernel library the models of a project need.</summary>
internal static class KernelUse
{
    // What the emitted classes themselves name, see Emission.
    private static readonly string[] Runtime = ["AlignedMemory", "EmbeddedWeights", "ModelArena", "ModelArenaPool", "ModelArguments"];

    private static readonly string[] ParallelRuntime = ["ForkJoin", "PinnedSpan"];

    /// <summary>The paths of the files, sorted; none where no model runs anything.</summary>
    public static IReadOnlyList<string> Files(IEnumerable<LoadedPlan> plans, KernelLibrary library)
    {
        var calls = plans.Where(loaded => loaded.Plan is not null).SelectMany(loaded => loaded.Plan!.PrepareSteps.Concat(loaded.Plan.Calls)).ToList();
        var runtime = calls.Any(call => call.IsParallel) ? Runtime.Concat(ParallelRuntime) : Runtime;
        return calls.Count == 0 ? [] : library.Closure(calls.SelectMany(Names).Concat(runtime).Distinct());
    }

    private static IEnumerable<string> Names(KernelCall call) => call.TypeArguments
        .Concat(call.Arguments.OfType<StructArgument>().Select(argument => argument.Type))
        .SelectMany(Names)
        .Append((call.IsParallel ? call.PartKernel : call.Kernel).Split('.')[0]);

    private static IEnumerable<string> Names(TypeReference type) => type.Arguments.SelectMany(Names).Append(type.Name);
}
