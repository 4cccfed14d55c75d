@where py >nul 2>nul && (set "P=py -3") || (set "P=python")
@%P% "%~dp0start.py" %* || pause
