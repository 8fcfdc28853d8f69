using System.Collections.Generic;
using System.Linq;
using ModelBuild.Generator.Reading;
using ModelBuild.Plan;

namespace ModelBuild.Generator.Sources;

/// <summary>Which files of the kernel library the models of a project need.</summary>
internal static class KernelUse
{
    // What the emitted classes themselves name, see Emission.
    private static readonly string[] Runtime = ["AlignedMemory", "EmbeddedWeights", "LateAvx512", "ModelArena", "ModelArenaPool", "ModelArguments"];

    private static readonly string[] ParallelRuntime = ["ForkJoin", "PinnedSpan"];

    private static readonly string[] StateRuntime = ["ModelState"];

    private static readonly string[] TextRuntime = ["TextTable"];

    /// <summary>The paths of the files, sorted; where no model runs anything, only those of its element types.</summary>
    public static IReadOnlyList<string> Files(IEnumerable<LoadedPlan> plans, KernelLibrary library)
    {
        var used = plans.Select(loaded => loaded.Plan).OfType<ModelPlan>().ToList();
        var calls = used.SelectMany(plan => plan.PrepareSteps.Concat(plan.Calls)).ToList();
        var structs = used.SelectMany(plan => plan.Buffers).Select(buffer => buffer.Type).Distinct().Select(type => type.StructName()).OfType<string>();
        var hasTexts = used.SelectMany(plan => plan.Buffers).Any(buffer => buffer is { Type: ElementType.String, Storage: Storage.Constant });
        var runtime = Runtime.Concat(calls.Any(call => call.IsParallel) ? ParallelRuntime : []).Concat(hasTexts ? TextRuntime : [])
            .Concat(used.Any(plan => plan.States.Count > 0) ? StateRuntime : []);
        return library.Closure(structs.Concat(calls.Count == 0 ? [] : calls.SelectMany(Names).Concat(runtime)).Distinct());
    }

    private static IEnumerable<string> Names(KernelCall call) => call.TypeArguments
        .Concat(call.Arguments.OfType<StructArgument>().Select(argument => argument.Type))
        .SelectMany(Names)
        .Append((call.IsParallel ? call.PartKernel : call.Kernel).Split('.')[0]);

    private static IEnumerable<string> Names(TypeReference type) => type.Arguments.SelectMany(Names).Append(type.Name);
}
