using System;

namespace ModelBuild.Generator.Reading;

/// <summary>A plan as the build passes it. Its text is what decides whether anything is done again.</summary>
/// <param name="Path">The file.</param>
/// <param name="Text">Its contents.</param>
internal sealed record PlanFile(string Path, string Text)
{
    /// <summary>For messages, which name the file in full elsewhere.</summary>
    public string FileName => Path.Substring(Path.LastIndexOfAny(['/', '\\']) + 1);
}

/// <summary>A plan that was read and checked, or why it could not be. Two of the same file are equal.</summary>
internal sealed class LoadedPlan(PlanFile file, Plan.ModelPlan? plan, string? problem) : IEquatable<LoadedPlan>
{
    public PlanFile File { get; } = file;

    public Plan.ModelPlan? Plan { get; } = plan;

    public string? Problem { get; } = problem;

    public static LoadedPlan Load(PlanFile file, Sources.KernelLibrary library)
    {
        try
        {
            var plan = ModelBuild.Plan.PlanReader.Read(file.Text);
            PlanChecks.Check(plan, library);
            return new LoadedPlan(file, plan, null);
        }
        catch (FormatException exception)
        {
            return new LoadedPlan(file, null, exception.Message);
        }
    }

    public bool Equals(LoadedPlan? other) => other is not null && File == other.File;

    public override bool Equals(object? obj) => Equals(obj as LoadedPlan);

    public override int GetHashCode() => File.GetHashCode();
}
