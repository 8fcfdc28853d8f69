using System.Collections.Generic;
using System.Linq;

namespace ModelBuild.Plan;

/// <summary>Everything that the generator needs to write the class of a model: the contract between the compiler and the generator.</summary>
public sealed record ModelPlan
{
    /// <summary>Identifies the model, the options and the version of the tool that made this plan.</summary>
    public required string Key { get; init; }

    /// <summary>Where the model came from.</summary>
    public required ModelSource Source { get; init; }

    /// <summary>The class to write.</summary>
    public required string ClassName { get; init; }

    /// <summary>The namespace to write it in; empty for none.</summary>
    public required string Namespace { get; init; }

    /// <summary>What was done to the model and what it costs, one line each, for the header of the class.</summary>
    public required IReadOnlyList<string> Summary { get; init; }

    /// <summary>Dimensions that are known only at run time, in the order in which they can be determined.</summary>
    public required IReadOnlyList<PlanSymbol> Symbols { get; init; }

    /// <summary>All buffers. Inputs and outputs come first, in the order of the model's signature.</summary>
    public required IReadOnlyList<PlanBuffer> Buffers { get; init; }

    /// <summary>Outputs that are inputs of the next run.</summary>
    public IReadOnlyList<PlanState> States { get; init; } = [];

    /// <summary>What stands for an input that the caller does not pass.</summary>
    public IReadOnlyList<PlanDefault> Defaults { get; init; } = [];

    /// <summary>Sizes in bytes of the arena's slots, each a multiple of 64. Buffers whose lifetimes do not overlap share one.</summary>
    public required IReadOnlyList<Dim> Slots { get; init; }

    /// <summary>The weights file.</summary>
    public required WeightsFile Weights { get; init; }

    /// <summary>Bytes of memory that <see cref="PrepareSteps"/> fill; 0 where there are none.</summary>
    public required long PreparedLength { get; init; }

    /// <summary>Calls to make once, before the first run: constants that are computed from the weights.</summary>
    public required IReadOnlyList<KernelCall> PrepareSteps { get; init; }

    /// <summary>What every run does, in order.</summary>
    public required IReadOnlyList<PlanStep> Steps { get; init; }

    /// <summary>Threads that a run may use; 1 for none but the caller's, 0 for as many as the machine has processors.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether any step runs on several threads.</summary>
    public bool IsParallel => Calls.Any(call => call.IsParallel);

    /// <summary>The kernel calls among the steps.</summary>
    public IEnumerable<KernelCall> Calls => Steps.OfType<KernelCall>();
}

/// <summary>A state: what a run leaves in an output is what the next one takes from an input. Both are buffers of one element type.</summary>
/// <param name="Input">The input, as an index into <see cref="ModelPlan.Buffers"/>.</param>
/// <param name="Output">The output, likewise.</param>
public sealed record PlanState(int Input, int Output);

/// <summary>The value of an input that the caller need not pass. Both are buffers of one element type.</summary>
/// <param name="Input">The input, as an index into <see cref="ModelPlan.Buffers"/>.</param>
/// <param name="Constant">A constant, likewise; -1 in a plan that has nothing but the signature.</param>
public sealed record PlanDefault(int Input, int Constant);

/// <summary>Where a model came from.</summary>
/// <param name="File">The file's name without its folder.</param>
/// <param name="Sha256">Hash of the file, lower-case hexadecimal.</param>
/// <param name="Opset">Operator sets, for example <c>13, ai.onnx.ml 2</c>.</param>
/// <param name="Producer">The program that wrote the file; may be empty.</param>
public sealed record ModelSource(string File, string Sha256, string Opset, string Producer);

/// <summary>The file that holds a model's constants.</summary>
/// <param name="ResourceName">The name under which the build embeds it in the assembly.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Hash of the file, lower-case hexadecimal.</param>
public sealed record WeightsFile(string ResourceName, long Length, string Sha256);
