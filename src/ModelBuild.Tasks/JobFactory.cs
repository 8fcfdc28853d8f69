using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using ModelBuild.Compiler.Cli;

namespace ModelBuild.Tasks;

/// <summary>Reads <c>OptimizedModel</c> items. All problems of all items are reported, not only the first.</summary>
internal sealed class JobFactory(string projectDirectory, string outputDirectory, string compiler, string rootNamespace)
{
    // Metadata with a meaning of their own: the first two are the task's business, the others the IDE's and the SDK's, for any kind of item.
    private static readonly HashSet<string> NotOptions = new(StringComparer.OrdinalIgnoreCase)
    {
        "Class", "Namespace", "CopyToOutputDirectory", "CopyToPublishDirectory", "Link", "Pack", "PackagePath", "SubType", "Visible", "Watch",
    };

    // Options whose values are files: they are part of what makes a model out of date.
    private static readonly HashSet<string> FileOptions = new(StringComparer.OrdinalIgnoreCase) { "Calibration", "Labels" };

    /// <summary>One job for each item, in the items' order.</summary>
    public IReadOnlyList<ModelJob> Create(IEnumerable<ITaskItem> items, Action<Problem> report)
    {
        var jobs = new Dictionary<string, ModelJob>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            var job = Create(item, report);
            if (jobs.TryGetValue(job.FullName, out var other))
            {
                report(Problem.SameClass(job, other));
            }
            else
            {
                jobs.Add(job.FullName, job);
            }
        }

        return [.. jobs.Values];
    }

    private ModelJob Create(ITaskItem item, Action<Problem> report)
    {
        var model = Path.GetFullPath(Path.Combine(projectDirectory, item.ItemSpec));
        if (!File.Exists(model))
        {
            report(Problem.NoModel(model));
        }

        var files = new List<string>();
        var options = new List<KeyValuePair<string, string>>();
        foreach (var name in item.CloneCustomMetadata().Keys.Cast<string>().OrderBy(name => name, StringComparer.Ordinal))
        {
            // Metadata over several lines are for the reader of the project; the response file has one line for each model.
            var value = string.Join(" ", item.GetMetadata(name).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim())).Trim();
            if (value.Length == 0 || NotOptions.Contains(name))
            {
                continue;
            }

            options.Add(new(name, FileOptions.Contains(name) ? ExpandFiles(model, name, value, files, report) : value));
        }

        return new ModelJob(
            model, Class(item, model, report), Namespace(item, model, report), options, files, compiler, outputDirectory);
    }

    // "a.npy; folder/*.npy" or, for a model with several inputs, "name=path" parts.
    private string ExpandFiles(string model, string option, string patterns, List<string> files, Action<Problem> report)
    {
        var expanded = new List<string>();
        foreach (var part in patterns.Split(';').Select(part => part.Trim()).Where(part => part.Length > 0))
        {
            var nameLength = part.IndexOf('=') + 1;
            var matches = FilePattern.Expand(projectDirectory, part.Substring(nameLength));
            if (matches.Count == 0)
            {
                report(Problem.NoMatch(model, option, part));
            }

            files.AddRange(matches);
            expanded.AddRange(matches.Select(match => part.Substring(0, nameLength) + match));
        }

        return string.Join(";", expanded);
    }

    private static string Class(ITaskItem item, string model, Action<Problem> report)
    {
        var name = item.GetMetadata("Class").Trim();
        if (name.Length == 0)
        {
            return ClassNames.Of(Path.GetFileNameWithoutExtension(model));
        }

        if (!Names.IsIdentifier(name))
        {
            report(Problem.NotAnIdentifier(model, "Class", name));
        }

        return name;
    }

    private string Namespace(ITaskItem item, string model, Action<Problem> report)
    {
        var name = item.GetMetadata("Namespace").Trim();
        if (name.Length == 0)
        {
            return Names.Namespace(rootNamespace);
        }

        if (!name.Split('.').All(Names.IsIdentifier))
        {
            report(Problem.NotAnIdentifier(model, "Namespace", name));
        }

        return name;
    }
}
