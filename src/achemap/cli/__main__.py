from achemap.cli import main


main()
