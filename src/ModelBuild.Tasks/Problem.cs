namespace ModelBuild.Tasks;

/// <summary>An error in how a project uses ModelBuild. Every code has a page in docs/diagnostics.</summary>
/// <param name="code">The code, MB42xx.</param>
/// <param name="file">The file that the error is about; null where it is about the project.</param>
/// <param name="message">What is wrong and what to do about it.</param>
internal sealed class Problem(string code, string? file, string message)
{
    public string Code { get; } = code;

    public string? File { get; } = file;

    public string Message { get; } = message;

    public static Problem SameClass(ModelJob job, ModelJob other) => new(
        "MB4201",
        job.Model,
        $"this model and \"{other.Model}\" would both become the class {job.FullName}. Set Class=\"...\" (or Namespace=\"...\") on one of the OptimizedModel items; names must differ by more than case.");

    public static Problem NoModel(string path) => new(
        "MB4202",
        path,
        "this OptimizedModel does not exist. Correct the path, which is relative to the project's folder; where the build makes the file, name the target that does in ModelBuildDependsOn.");

    public static Problem NotAnIdentifier(string model, string metadata, string value) => new(
        "MB4203",
        model,
        $"{metadata}=\"{value}\" is not a C# name. Use letters, digits and underscores, starting with no digit{(metadata == "Class" ? "" : ", separated by dots")}.");

    public static Problem NoMatch(string model, string option, string pattern) => new(
        "MB4204",
        model,
        $"{option}=\"{pattern}\" matches no file. Paths are relative to the project's folder and may hold *, ? and **.");

    public static Problem NoCompiler(string path) => new(
        "MB4205",
        null,
        $"the model compiler is not at \"{path}\". Restore the package again, or build src/ModelBuild.Compiler where it is used from source.");

    public static Problem CompilerStopped(int exitCode, string output) => new(
        "MB4206",
        null,
        $"the model compiler stopped with exit code {exitCode} and without an error of its own. Its last words: {(output.Length == 0 ? "none." : output)}");

    public static Problem UnknownInstructionSet() => new(
        "MB4208",
        null,
        $"the environment variable {InstructionSets.Variable} names an unknown instruction set. It is for tests and takes one of: {InstructionSets.Names}.");
}
