using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ModelBuild.Compiler.IR;

/// <summary>
/// The attributes of a node. Values are <see cref="long"/>, <see cref="float"/>, <see cref="string"/>, arrays of these, <see cref="Tensor"/> or
/// <see cref="Graph"/>. Immutable.
/// </summary>
internal sealed class Attributes
{
    public static readonly Attributes None = new(new Dictionary<string, object>());

    private readonly SortedDictionary<string, object> _values;

    public Attributes(IReadOnlyDictionary<string, object> values) => _values = new SortedDictionary<string, object>(values.ToDictionary(), StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, object>> All => _values;

    public static Attributes Of(params IEnumerable<(string Name, object Value)> values) =>
        new(values.ToDictionary(pair => pair.Name, pair => pair.Value is int number ? (long)number : pair.Value));

    public bool Has(string name) => _values.ContainsKey(name);

    public T Get<T>(string name, T otherwise)
        where T : notnull => Find<T>(name) is T value ? value : otherwise;

    public T Require<T>(string name)
        where T : notnull => Find<T>(name) is T value ? value : throw new OperatorException($"attribute \"{name}\" is missing");

    public int Int(string name, int otherwise) => checked((int)Get<long>(name, otherwise));

    public bool Flag(string name, bool otherwise = false) => Get(name, otherwise ? 1L : 0L) != 0;

    public long[] Ints(string name, long[] otherwise) => Get(name, otherwise);

    public long[]? Ints(string name) => (long[]?)Find<long[]>(name);

    public Attributes With(string name, object value)
    {
        var values = _values.ToDictionary();
        values[name] = value is int number ? (long)number : value;
        return new Attributes(values);
    }

    public Attributes Without(string name) => new(_values.Where(pair => pair.Key != name).ToDictionary());

    public override string ToString() => _values.Count == 0 ? string.Empty : $" {{{string.Join(", ", _values.Select(pair => $"{pair.Key}={Text(pair.Value)}"))}}}";

    private static string Text(object value) => value switch
    {
        long[] values => $"[{string.Join(",", values)}]",
        float[] values => $"[{string.Join(",", values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}]",
        string[] values => $"[{string.Join(",", values)}]",
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        string text => $"\"{text}\"",
        Tensor tensor => tensor.Length <= 8 ? TensorText.Of(tensor) : tensor.TensorType.ToString(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty,
    };

    private object? Find<T>(string name)
    {
        if (!_values.TryGetValue(name, out var value))
        {
            return null;
        }

        // An exporter may write an empty list without saying of what.
        if (value is Array { Length: 0 } && typeof(T).IsArray && value is not T)
        {
            return Array.CreateInstance(typeof(T).GetElementType()!, 0);
        }

        return value is T ? value : throw new OperatorException($"attribute \"{name}\" is {value.GetType().Name} where {typeof(T).Name} is defined");
    }
}
