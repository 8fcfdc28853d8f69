using System.Text;

namespace ModelBuild.Generator.Emission;

/// <summary>Writes lines of C#, indented by four spaces a level, with <c>\n</c> at their ends.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _level;
    private bool _isSeparate = true;

    /// <summary>Writes one line; an empty one separates.</summary>
    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', 4 * _level).Append(line);
        }

        _text.Append('\n');
        _isSeparate = line.Length == 0;
    }

    /// <summary>Writes a separating line, unless there is one or a block has just begun.</summary>
    public void Separate()
    {
        if (!_isSeparate)
        {
            Line();
        }
    }

    /// <summary>Writes <paramref name="head"/>, unless it stands there already, and begins its block.</summary>
    public void Open(string? head)
    {
        if (head is not null)
        {
            Line(head);
        }

        Line("{");
        _level++;
        _isSeparate = true;
    }

    /// <summary>Ends the innermost block.</summary>
    public void Close()
    {
        _level--;
        Line("}");
    }

    /// <summary>Writes <paramref name="line"/> one level deeper.</summary>
    public void Continue(string line)
    {
        _level++;
        Line(line);
        _level--;
    }

    public override string ToString() => _text.ToString();
}
