using System;

namespace ModelBuild.Kernels;

/// <summary>
/// A state of a model: what one run leaves for the next. A run reads <see cref="Current"/> and writes <see cref="Next"/>, which only <see cref="Advance"/> makes
/// current, so that a run that fails changes nothing. Not for two threads at the same time.
/// </summary>
internal sealed class ModelState<T>
    where T : unmanaged
{
    private readonly int _firstLength;
    private T[] _current;
    private T[] _next = [];
    private int _length;
    private int _nextLength;

    /// <summary>A state of <paramref name="length"/> zeros.</summary>
    public ModelState(int length)
    {
        _firstLength = length;
        _length = length;
        _current = new T[length];
    }

    /// <summary>What the next run reads.</summary>
    public Span<T> Current => _current.AsSpan(0, _length);

    /// <summary>Memory for what the run writes. It grows by half at least, so that a state that grows from run to run takes linear time.</summary>
    public Span<T> Next(int length)
    {
        if (_next.Length < length)
        {
            _next = new T[length <= _current.Length ? _current.Length : (int)Math.Min(Math.Max(length, _current.Length * 3L / 2), Array.MaxLength)];
        }

        _nextLength = length;
        return _next.AsSpan(0, length);
    }

    /// <summary>Makes what the run has written current.</summary>
    public void Advance()
    {
        (_current, _next) = (_next, _current);
        _length = _nextLength;
    }

    /// <summary>Zeros again, as many as at first.</summary>
    public void Reset()
    {
        _length = _firstLength;
        Current.Clear();
    }
}
