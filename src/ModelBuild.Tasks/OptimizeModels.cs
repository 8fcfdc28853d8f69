using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ModelBuild.Tasks;

/// <summary>
/// Runs the model compiler, in a process of its own and once for all models of a project that are out of date. Where none is, no process starts. Out of
/// process because a build must not lock the compiler's files, share its dependencies or die with it.
/// </summary>
public sealed class OptimizeModels : ToolTask
{
    // Enough of what a crashed compiler printed to find the cause; the rest of a long stack trace helps nobody in an error list.
    private const int RememberedLines = 15;

    private readonly Queue<string> _lastLines = new();
    private IReadOnlyList<ModelJob> _outOfDate = [];
    private bool _hasErrors;

    /// <summary>The <c>OptimizedModel</c> items. Their custom metadata are the options of the compiler.</summary>
    [Required]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>The project's folder, which relative paths in metadata start from.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = string.Empty;

    /// <summary>Folder for everything that the compiler writes; every model gets a folder of its own below it.</summary>
    [Required]
    public string OutputDirectory { get; set; } = string.Empty;

    /// <summary>Path of <c>ModelBuild.Compiler.dll</c>.</summary>
    [Required]
    public string CompilerPath { get; set; } = string.Empty;

    /// <summary>Namespace of the classes whose item names none.</summary>
    public string RootNamespace { get; set; } = string.Empty;

    /// <summary>Folder of the <c>dotnet</c> host, used where the build does not run under <c>dotnet</c> itself.</summary>
    public string DotNetRoot { get; set; } = string.Empty;

    /// <summary>
    /// For design-time builds: a model that is out of date only gets a plan with its signature, which takes no calibration or quantization to write. Never for
    /// a build whose output will run.
    /// </summary>
    public bool SignatureOnly { get; set; }

    /// <summary>The plans, as <c>AdditionalFiles</c> that the source generator recognizes.</summary>
    [Output]
    public ITaskItem[] Plans { get; private set; } = [];

    /// <summary>The files of weights, as <c>EmbeddedResource</c> items.</summary>
    [Output]
    public ITaskItem[] Weights { get; private set; } = [];

    /// <summary>All files that decide whether a model is out of date.</summary>
    [Output]
    public ITaskItem[] Inputs { get; private set; } = [];

    /// <inheritdoc />
    protected override string ToolName => DotNetHost.FileName;

    /// <inheritdoc />
    protected override Encoding StandardErrorEncoding => Encoding.UTF8;

    /// <inheritdoc />
    protected override Encoding StandardOutputEncoding => Encoding.UTF8;

    /// <inheritdoc />
    protected override Encoding ResponseFileEncoding => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc />
    protected override bool ValidateParameters()
    {
        if (InstructionSets.TryGetEnvironment(Environment.GetEnvironmentVariable(InstructionSets.Variable), out var environment))
        {
            EnvironmentVariables = [.. environment];
        }
        else
        {
            Report(Problem.UnknownInstructionSet());
        }

        if (!File.Exists(CompilerPath))
        {
            Report(Problem.NoCompiler(CompilerPath));
        }

        var jobs = new JobFactory(ProjectDirectory, OutputDirectory, CompilerPath, RootNamespace).Create(Models, Report);
        if (_hasErrors)
        {
            return false;
        }

        _outOfDate = [.. jobs.Where(IsOutOfDate)];
        Plans = [.. jobs.Select(PlanItem)];
        Weights = SignatureOnly ? [] : [.. jobs.Select(WeightsItem)];
        Inputs = [.. jobs.SelectMany(job => job.InputFiles()).Distinct(StringComparer.Ordinal).Select(Item)];
        return true;
    }

    /// <inheritdoc />
    protected override bool SkipTaskExecution() => _outOfDate.Count == 0;

    /// <inheritdoc />
    protected override string GenerateFullPathToTool() => DotNetHost.Find(DotNetRoot);

    /// <inheritdoc />
    protected override string GetWorkingDirectory() => ProjectDirectory;

    /// <inheritdoc />
    protected override string GenerateCommandLineCommands()
    {
        var commandLine = new CommandLineBuilder();
        commandLine.AppendSwitch("exec");
        commandLine.AppendFileNameIfNotNull(CompilerPath);
        return commandLine.ToString();
    }

    /// <inheritdoc />
    protected override string GenerateResponseFileCommands() => string.Concat(_outOfDate.Select(job => job.CommandLine(SignatureOnly) + "\n"));

    /// <inheritdoc />
    protected override int ExecuteTool(string pathToTool, string responseFileCommands, string commandLineCommands)
    {
        // Before the start and not after the end: a file that changes meanwhile is newer than the stamp, so that the next build looks again.
        var started = DateTime.UtcNow;
        var exitCode = base.ExecuteTool(pathToTool, responseFileCommands, commandLineCommands);
        if (exitCode == 0)
        {
            foreach (var job in _outOfDate)
            {
                job.Stamp(SignatureOnly, started);
            }
        }

        return exitCode;
    }

    /// <inheritdoc />
    protected override void LogToolCommand(string message) => Log.LogCommandLine(MessageImportance.Low, message);

    /// <inheritdoc />
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (_lastLines.Count == RememberedLines)
        {
            _lastLines.Dequeue();
        }

        _lastLines.Enqueue(singleLine);
        base.LogEventsFromTextOutput(singleLine, messageImportance);
    }

    /// <inheritdoc />
    protected override bool HandleTaskExecutionErrors()
    {
        if (!Log.HasLoggedErrors)
        {
            Report(Problem.CompilerStopped(ExitCode, string.Join(Environment.NewLine, _lastLines)));
        }

        return false;
    }

    private static TaskItem Item(string path) => new(Escaped(path));

    // Task items take text in MSBuild's escaped form; of its special characters only % changes the meaning of a single path.
    private static string Escaped(string text) => text.Replace("%", "%25");

    private static ITaskItem WeightsItem(ModelJob job)
    {
        var item = Item(job.Weights);
        item.SetMetadata("LogicalName", Escaped(job.ResourceName));

        // Without these a class such as "De.Model" would be taken for a German satellite assembly's resource.
        item.SetMetadata("WithCulture", "false");
        item.SetMetadata("Type", "Non-Resx");
        return item;
    }

    private ITaskItem PlanItem(ModelJob job)
    {
        // A design-time build prefers the full plan, whose documentation comments say what was done to the model.
        var item = Item(SignatureOnly && job.OutOfDateBecause(signatureOnly: false) is not null ? job.SignaturePlan : job.Plan);
        item.SetMetadata("ModelBuildPlan", "true");
        return item;
    }

    private bool IsOutOfDate(ModelJob job)
    {
        var reason = job.OutOfDateBecause(signatureOnly: false);
        if (reason is not null && SignatureOnly)
        {
            reason = job.OutOfDateBecause(signatureOnly: true);
        }

        if (reason is not null)
        {
            Log.LogMessage(MessageImportance.Low, "{0} is out of date: {1}.", job.FullName, reason);
        }

        return reason is not null;
    }

    private void Report(Problem problem)
    {
        _hasErrors = true;
        Log.LogError(null, problem.Code, null, problem.File, 0, 0, 0, 0, "{0}", problem.Message);
    }
}
