using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Loader;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Verification;

/// <summary>A generated class, called with inputs as bytes, with the sizes that are parameters, and with an array for the sizes that the run finds out.</summary>
internal delegate object[] EmittedCall(object[] inputs, int[] sizes, int[] found);

/// <summary>
/// ModelBuild.Emitter, with the C# compiler and the generator, in a folder beside the program. Only <c>verify --emit</c> needs it, so it is no part of what is
/// packaged, and is loaded by name.
/// </summary>
internal static class EmitterLibrary
{
    private const string Name = "ModelBuild.Emitter";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "emit");

    private static readonly Lazy<Compilation> Compiler = new(Load);

    private delegate Func<string, Type> Compilation(IReadOnlyList<string> plans, IReadOnlyList<string> sources, IReadOnlyList<KeyValuePair<string, byte[]>> resources);

    /// <summary>Whether it is there.</summary>
    public static bool Exists => File.Exists(Path.Combine(Folder, Name + ".dll"));

    /// <summary>Compiles the classes of several models as one project.</summary>
    /// <exception cref="InvalidOperationException">The generator or the C# compiler had something to say.</exception>
    public static IReadOnlyList<EmittedCall> Compile(IReadOnlyList<(ModelPlan Plan, byte[] Weights)> models)
    {
        var types = Compiler.Value(
            [.. models.Select(model => PlanWriter.Write(model.Plan))],
            [.. models.Select((model, i) => EmittedDriver.Write(model.Plan, $"Driver{i}"))],
            [.. models.Where(model => model.Weights.Length > 0).Select(model => KeyValuePair.Create(model.Plan.Weights.ResourceName, model.Weights))]);
        return [.. models.Select((_, i) => types($"Driver{i}").GetMethod("Run")!.CreateDelegate<EmittedCall>())];
    }

    private static Compilation Load()
    {
        var context = new AssemblyLoadContext(Name);
        context.Resolving += (self, name) => Path.Combine(Folder, name.Name + ".dll") is var path && File.Exists(path) ? self.LoadFromAssemblyPath(path) : null;
        return context.LoadFromAssemblyPath(Path.Combine(Folder, Name + ".dll")).GetType("ModelBuild.Emitter.Emitter", throwOnError: true)!.GetMethod("Compile")!.CreateDelegate<Compilation>();
    }
}
