using System;

namespace ModelBuild.Kernels;

/// <summary>Decodes one scan into the coefficients of its components: T.81, annexes F (sequential) and G (progressive).</summary>
internal sealed class JpegScan(int count, int imageWidth, int imageHeight, int restart, bool isProgressive)
{
    private readonly JpegComponent[] _components = new JpegComponent[count];
    private readonly JpegHuffman?[] _dc = new JpegHuffman?[count];
    private readonly JpegHuffman?[] _ac = new JpegHuffman?[count];
    private readonly int[] _previous = new int[count];
    private int _added;

    // Blocks that are still to come without a code of their own.
    private int _emptyBlocks;

    /// <summary>Adds a component with its codes.</summary>
    public void Add(JpegComponent component, JpegHuffman? dc, JpegHuffman? ac)
    {
        (_components[_added], _dc[_added], _ac[_added]) = (component, dc, ac);
        _added++;
    }

    /// <summary>Decodes the scan and gives the number of bytes that it has.</summary>
    /// <param name="data">The bytes behind its header.</param>
    /// <param name="first">The first coefficient that is in it.</param>
    /// <param name="last">The last.</param>
    /// <param name="refined">0 for new coefficients; else the scan adds a bit to what is known.</param>
    /// <param name="low">How many low bits are left for other scans.</param>
    public int Read(ReadOnlySpan<byte> data, int first, int last, int refined, int low)
    {
        JpegBits bits = new(data);
        JpegComponent lead = _components[0];

        // The blocks of a single component come in rows; those that only fill up interleaved units are left out.
        bool isSingle = _components.Length == 1;
        int columns = isSingle ? JpegComponent.Quotient(lead.Width, 8) : JpegComponent.Quotient(imageWidth, 8 * lead.Across * lead.ExpandX);
        int rows = isSingle ? JpegComponent.Quotient(lead.Height, 8) : JpegComponent.Quotient(imageHeight, 8 * lead.Down * lead.ExpandY);
        for (int unit = 0; unit < columns * rows; unit++)
        {
            if (restart > 0 && unit > 0 && unit % restart == 0)
            {
                bits.Restart();
                _previous.AsSpan().Clear();
                _emptyBlocks = 0;
            }

            (int row, int column) = (unit / columns, unit % columns);
            for (int i = 0; i < _components.Length; i++)
            {
                JpegComponent component = _components[i];
                int across = isSingle ? 1 : component.Across;
                int blocks = isSingle ? 1 : across * component.Down;
                for (int block = 0; block < blocks; block++)
                {
                    int down = isSingle ? 1 : component.Down;
                    Span<short> target = component.Block((row * down) + (block / across), (column * across) + (block % across));
                    ReadBlock(ref bits, target, i, first, last, refined, low);
                }
            }
        }

        bits.EndAtMarker();
        return bits.Next;
    }

    private void ReadBlock(ref JpegBits bits, Span<short> block, int component, int first, int last, int refined, int low)
    {
        if (!isProgressive)
        {
            block[0] = (short)ReadDc(ref bits, component);
            ReadAc(ref bits, block, Ac(component), 1, 63, 0);
        }
        else if (first == 0)
        {
            block[0] = refined == 0 ? (short)(ReadDc(ref bits, component) << low) : (short)(block[0] + (bits.Read(1) << low));
        }
        else if (refined == 0)
        {
            ReadAc(ref bits, block, Ac(component), first, last, low);
        }
        else
        {
            Refine(ref bits, block, Ac(component), first, last, 1 << low);
        }
    }

    private JpegHuffman Ac(int component) => _ac[component] ?? throw new FormatException("A JPEG scan lacks a Huffman table.");

    private int ReadDc(ref JpegBits bits, int component)
    {
        JpegHuffman code = _dc[component] ?? throw new FormatException("A JPEG scan lacks a Huffman table.");
        int size = code.Read(ref bits);
        _previous[component] += size <= 15 ? bits.ReadSigned(size) : throw new FormatException($"A JPEG coefficient of {size} bits is unknown.");
        return _previous[component];
    }

    private void ReadAc(ref JpegBits bits, Span<short> block, JpegHuffman code, int first, int last, int low)
    {
        if (_emptyBlocks > 0)
        {
            _emptyBlocks--;
            return;
        }

        for (int k = first; k <= last; k++)
        {
            int symbol = code.Read(ref bits);
            (int run, int size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run < 15)
            {
                _emptyBlocks = EmptyBlocks(ref bits, run) - 1;
                return;
            }

            k += run;
            if (size > 0)
            {
                block[JpegComponent.ZigZag[k]] = (short)(bits.ReadSigned(size) << low);
            }
        }
    }

    // The block and those that follow without anything more. Only progressive scans have more than the block.
    private int EmptyBlocks(ref JpegBits bits, int exponent) => isProgressive ? (1 << exponent) + bits.Read(exponent) : 1;

    // T.81, G.1.2.3: between new coefficients, each one that is known already has a bit.
    private void Refine(ref JpegBits bits, Span<short> block, JpegHuffman code, int first, int last, int unit)
    {
        int k = first;
        for (; k <= last && _emptyBlocks == 0; k++)
        {
            int symbol = code.Read(ref bits);
            (int run, int size) = (symbol >> 4, symbol & 15);
            int added = 0;
            if (size > 0)
            {
                added = bits.Read(1) == 1 ? unit : -unit;
            }
            else if (run < 15)
            {
                _emptyBlocks = EmptyBlocks(ref bits, run);
                break;
            }

            for (; k <= last; k++)
            {
                ref short known = ref block[JpegComponent.ZigZag[k]];
                if (known != 0)
                {
                    RefineOne(ref bits, ref known, unit);
                }
                else if (run-- == 0)
                {
                    known = (short)added;
                    break;
                }
            }
        }

        if (_emptyBlocks > 0)
        {
            for (; k <= last; k++)
            {
                ref short known = ref block[JpegComponent.ZigZag[k]];
                if (known != 0)
                {
                    RefineOne(ref bits, ref known, unit);
                }
            }

            _emptyBlocks--;
        }
    }

    private static void RefineOne(ref JpegBits bits, ref short known, int unit)
    {
        if (bits.Read(1) == 1 && (known & unit) == 0)
        {
            known += (short)(known > 0 ? unit : -unit);
        }
    }
}
