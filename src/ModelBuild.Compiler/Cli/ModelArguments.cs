using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using ModelBuild.Compiler.Options;

namespace ModelBuild.Compiler.Cli;

/// <summary>The model and the options that all commands share.</summary>
internal sealed class ModelArguments
{
    private readonly Dictionary<OptionDefinition, Option<string?>> _flags =
        OptionTable.All.ToDictionary(definition => definition, definition => new Option<string?>(definition.Flag) { Description = $"{definition.Summary} ({definition.Values})" });

    public Argument<string> Model { get; } = new("model") { Description = "The ONNX file." };

    public Option<string[]> Settings { get; } = new("--set") { Description = "An option as Name=Value, by the name of its metadata." };

    public void AddTo(Command command)
    {
        command.Add(Model);
        command.Add(Settings);
        foreach (var flag in _flags.Values)
        {
            command.Add(flag);
        }
    }

    /// <summary>The options as name and value, in the order given: those of <c>--set</c> first.</summary>
    public IReadOnlyList<(string Name, string Value)> Read(ParseResult result)
    {
        var settings = (result.GetValue(Settings) ?? []).Select(setting => setting.Split('=', 2)).Select(parts => (parts[0], parts.Length > 1 ? parts[1] : string.Empty)).ToList();
        settings.AddRange(_flags.Select(pair => (pair.Key.Name, result.GetValue(pair.Value))).Where(pair => pair.Item2 is not null).Select(pair => (pair.Name, pair.Item2!)));
        return settings;
    }
}
